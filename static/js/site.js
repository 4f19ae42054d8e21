/** Every page: menus that close by themselves, and nothing left on the device after log-out. */

import { forget } from "./drafts.js";

document.addEventListener("submit", ({ target }) => {
  if (/** @type {Element} */ (target).matches("[data-log-out]")) forget(localStorage);
});

document.addEventListener("pointerdown", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(/** @type {Node} */ (target))) menu.removeAttribute("open");
  }
});
