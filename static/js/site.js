/** Every page: menus that close by themselves, "/" for search, nothing left behind after log-out. */

import { forget } from "./drafts.js";
import "./narrowing.js";

document.addEventListener("submit", ({ target }) => {
  if (/** @type {Element} */ (target).matches("[data-log-out]")) forget(localStorage);
});

document.addEventListener("pointerdown", ({ target }) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(/** @type {Node} */ (target))) menu.removeAttribute("open");
  }
});

// The reading page has a table of all its keys, in which this one can be changed.
document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.closest("input, textarea, select, [contenteditable]") || document.getElementById("keys")) return;
  if (document.documentElement.dataset.shortcuts === "off") return;
  event.preventDefault();
  const box = /** @type {HTMLInputElement | null} */ (document.querySelector("main [role=search] input"));
  if (box) box.select();
  else /** @type {HTMLElement | null} */ (document.querySelector("[data-search]"))?.click();
});
