/** Tables and code scroll in a region of their own: the keyboard reaches it while it is too wide. */

import { say } from "./words.js";

const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => judge(/** @type {HTMLElement} */ (target.closest(".scroller")))));

/** @param {HTMLElement} region */
function judge(region) {
  if (region.scrollWidth > region.clientWidth) {
    region.tabIndex = 0;
    region.setAttribute("role", "region");
    region.setAttribute("aria-label", say(region.querySelector("pre") ? "code" : "table"));
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) region.removeAttribute(name);
  }
}

/** Put each into its region, and follow zoom and larger letters. @param {ParentNode} root */
export function makeRoom(root) {
  for (const wide of root.querySelectorAll("#article-body :is(table, pre)")) {
    if (wide.parentElement?.matches(".scroller") || wide.parentElement?.closest("table")) continue;
    const region = document.createElement("div");
    region.className = "scroller";
    wide.replaceWith(region);
    region.append(wide);
    watch.observe(region);
    watch.observe(wide); // larger letters widen it, and not its region
  }
}
