/** A choice beside a list loads the page anew; whoever made it with a key goes on where they were. */

const KEPT = "commonplace:chosen";

/** @param {Element} link */
const named = (link) => `${link.closest("section")?.getAttribute("aria-labelledby")} ${link.querySelector(".value")?.textContent}`;

document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest(".filters .choose");
  const isKey = event.detail === 0; // as many clicks
  if (!link || !isKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  try {
    sessionStorage.setItem(KEPT, named(link));
  } catch {
    // Storage is refused: the focus begins at the top, as on any page.
  }
});

function taken() {
  try {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return kept;
  } catch {
    return null;
  }
}

const kept = taken();
if (kept) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".filters .choose")]);
  links.find((link) => named(link) === kept)?.focus();
}
