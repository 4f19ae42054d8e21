"""What axe-core finds on a page: by all its rules in the light, by that of contrast in all themes.

Contrast takes axe longer than everything else. Of the text of one look, one is judged in each theme
until it has passed there; what looks the same passes as well.
"""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page

JUDGE = """async ([part, passed]) => {
  const found = [], news = {};
  const look = async (theme, where, options) => {
    const all = { resultTypes: ["violations"], preload: false };
    const { violations, passes } = await axe.run(where, { ...all, ...options });
    for (const { id, impact, nodes } of violations) {
      if (impact === "minor") continue;
      for (const node of nodes) found.push(`${theme}: ${id}: ${node.html.slice(0, 160)}`);
    }
    return passes;
  };

  // All that the contrast of text hangs on; null where that is not to be told from its parents.
  const looks = (text) => {
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(text);
    const isLarge = parseFloat(fontSize) >= (fontWeight >= 700 ? 18.66 : 24);
    const parts = [color, isLarge, textShadow];
    let isCovered = false;
    for (let one = text; one; one = one.parentElement) {
      const style = getComputedStyle(one);
      const { opacity, filter, mixBlendMode, backgroundColor, backgroundImage, inset } = style;
      if (opacity !== "1" || filter !== "none" || mixBlendMode !== "normal") return null;
      if (isCovered) continue;
      const hasGround = backgroundColor !== "rgba(0, 0, 0, 0)" || backgroundImage !== "none";
      if (hasGround) parts.push(backgroundColor, backgroundImage);
      isCovered = !/rgba|[/]/.test(backgroundColor);
      const stays = /^(auto|0px)$/.test(inset) && style.transform === "none";
      const isInFlow = style.position === "static" || (style.position === "relative" && stays);
      if (!isCovered && (!isInFlow || style.margin.includes("-"))) return null;
    }
    return parts.join();
  };
  const hasWords = (one) => one.matches("input, select, textarea") ||
    [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const texts = [...document.querySelectorAll(part || "html")]
    .flatMap((root) => [root, ...root.querySelectorAll("*")])
    .filter((one) => hasWords(one) && one.checkVisibility() && one.offsetWidth > 1);
  const lookAtContrast = async (theme) => {
    const known = new Set(passed[theme]);
    const lookAt = async (include) => {
      if (!include.length) return;
      const passes = await look(theme, { include }, {
        runOnly: ["color-contrast"], resultTypes: ["violations", "passes"], elementRef: true,
      });
      for (const { element } of passes.flatMap(({ nodes }) => nodes)) known.add(looks(element));
      known.delete(null);
    };
    const unknown = texts.map((text) => [text, looks(text)]).filter(([, one]) => !known.has(one));
    const firsts = new Map(unknown.map(([text, one]) => [one ?? text, text]).reverse());
    await lookAt([...firsts.values()]);
    // Of those that do not pass, or that axe cannot tell of, all are looked at.
    const others = unknown.filter(([text, one]) => one !== null && firsts.get(one) !== text);
    await lookAt(others.filter(([, one]) => !known.has(one)).map(([text]) => text));
    news[theme] = [...known];
  };

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
    """Knows what has passed in each theme."""

    def __init__(self) -> None:
        self.passed: dict[str, set[str]] = {"light": set(), "dark": set(), "contrast": set()}

    def prepare(self, context: BrowserContext) -> None:
        """Have axe on each page that is opened from now on."""
        context.add_init_script(AXE_SCRIPT)

    def look(self, page: Page, part: str) -> list[str]:
        """The barriers of a page, or of a part of it."""
        known = {theme: list(passed) for theme, passed in self.passed.items()}
        found, news = page.evaluate(JUDGE, [part, known])
        for theme, passed in news.items():
            self.passed[theme].update(passed)
        return found
