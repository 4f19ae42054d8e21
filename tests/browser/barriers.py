"""What axe-core finds on a page: by all its rules in the light, by that of contrast in all themes.

Contrast takes axe longer than everything else. Of the text of one look, one is judged in each theme
until it has passed there; what looks the same passes as well.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

__all__ = ["AXE_SCRIPT", "Judge"]

JUDGE = """async ([part, passed]) => {
  const found = [], news = {};
  const look = async (theme, where, options) => {
    const all = { resultTypes: ["violations"], preload: false };
    const { violations, passes, incomplete } = await axe.run(where, { ...all, ...options });
    for (const { id, impact, nodes } of violations) {
      if (impact === "minor") continue;
      for (const node of nodes) found.push(`${theme}: ${id}: ${node.html.slice(0, 160)}`);
    }
    return { passes, incomplete };
  };

  // All that the contrast of text hangs on. Where the ground is not to be told from its parents,
  // what stands in the same place of a page stands on the same ground.
  const looks = (text) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(text);
    const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    const parts = [color, isLarge, textShadow], place = [];
    let isCovered = false, isElsewhere = false;
    for (let one = text; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      const { opacity, filter, mixBlendMode, backgroundColor, backgroundImage, inset } = style;
      const mixes = [opacity, filter, mixBlendMode].join(" ");
      const hasGround = backgroundColor !== "rgba(0, 0, 0, 0)" || backgroundImage !== "none";
      const name = one.matches("body *") ? `${one.localName} ${one.className}` : "";
      place.push(name, mixes, backgroundColor, backgroundImage);
      if (mixes !== "1 none normal") isElsewhere = true;
      if (isCovered) continue;
      if (hasGround) parts.push(backgroundColor, backgroundImage);
      isCovered = !/rgba|[/]/.test(backgroundColor);
      const stays = /^(auto|0px)$/.test(inset) && style.transform === "none";
      const isInFlow = style.position === "static" || (style.position === "relative" && stays);
      if (!isCovered && (!isInFlow || style.margin.includes("-"))) isElsewhere = true;
    }
    return (isElsewhere ? parts.concat(place) : parts).join();
  };
  const wordless = ["checkbox", "radio", "hidden"].map((type) => `[type=${type}]`).join();
  const hasWords = (one) => one.matches(`input:not(${wordless}), select, textarea`) ||
    [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = [...document.querySelectorAll(part || "html")]
    .flatMap((root) => [root, ...root.querySelectorAll("*")])
    .filter((one) => hasWords(one) && one.checkVisibility() && one.offsetWidth > 1);
  const lookAtContrast = async (theme) => {
    const known = new Set(passed[theme]);
    const lookAt = async (include) => {
      if (!include.length) return;
      const resultTypes = ["violations", "passes", "incomplete"];
      const options = { runOnly: ["color-contrast"], resultTypes, elementRef: true };
      const { passes, incomplete } = await look(theme, { include }, options);
      for (const { element } of passes.flatMap(({ nodes }) => nodes)) known.add(looks(element));
      // Nor will axe be able to tell of the next that stands on a picture.
      for (const { element, any } of incomplete.flatMap(({ nodes }) => nodes)) {
        if (/^bg(Image|Gradient)$/.test(any[0].data.messageKey)) known.add(looks(element));
      }
    };
    const unknown = texts.map((text) => [text, looks(text)]).filter(([, one]) => !known.has(one));
    const firsts = new Map(unknown.map(([text, one]) => [one, text]).reverse());
    await lookAt([...firsts.values()]);
    // Of those that do not pass, or that axe cannot tell of, all are looked at.
    const others = unknown.filter(([text, one]) => firsts.get(one) !== text);
    await lookAt(others.filter(([, one]) => !known.has(one)).map(([text]) => text));
    news[theme] = [...known];
  };

  // Axe takes what is in closed details for hidden, also where a wide page shows it.
  for (const one of document.querySelectorAll("details:not([open])")) {
    one.open = [...one.querySelectorAll(":scope > :not(summary)")].some((inner) =>
      inner.checkVisibility());
  }

  const { dataset } = document.documentElement;
  const chosen = dataset.theme;
  const rules = { "target-size": { enabled: true }, "color-contrast": { enabled: false } };
  await look("light", part || document, { rules });
  await lookAtContrast("light");
  for (dataset.theme of ["dark", "contrast"]) await lookAtContrast(dataset.theme);
  if (chosen) dataset.theme = chosen;
  else delete dataset.theme;
  return [found, news];
}"""


class Judge:
    """Knows what has passed in each theme. Its pages are opened with ``AXE_SCRIPT``."""

    def __init__(self) -> None:
        self.passed: dict[str, set[str]] = {"light": set(), "dark": set(), "contrast": set()}

    def look(self, page: Page, part: str) -> list[str]:
        """The barriers of a page, or of a part of it."""
        known = {theme: list(passed) for theme, passed in self.passed.items()}
        found, news = page.evaluate(JUDGE, [part, known])
        for theme, passed in news.items():
            self.passed[theme].update(passed)
        return found
