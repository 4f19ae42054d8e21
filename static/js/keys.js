/**
 * Single-letter keys. They work outside fields and without modifiers only, can be switched off or
 * changed one by one, and are never the only way to anything.
 */

import { closeTop } from "./layers.js";
import { activate, active, groupOf, linkTo, piecesOf, show, step, textBody } from "./passages.js";
import { announce, say } from "./words.js";
import { choose } from "./settings.js";

const KEPT = "commonplace:keys";
const NOTES = ["all", "mine", "none"];

/** @returns {Record<string, string>} by action */
function chosenKeys() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** @param {1 | -1} way */
function walk(way) {
  const id = step(way);
  if (!id) return announce(say("no-passages"));
  show(id);
  linkTo(id)?.focus({ preventScroll: true });
}

/** @param {string} act */
const onSelection = (act) => () => /** @type {any} */ (document.querySelector("selection-toolbar"))?.perform(act);

/** @param {string} act */
const onNote = (act) => () => {
  const note = document.activeElement?.closest(".note") ?? groupOf(active())?.querySelector(".note");
  /** @type {HTMLElement | null} */ (note?.querySelector(`[data-act="${act}"]`))?.click();
};

/** @param {string} selector */
const press = (selector) => () => /** @type {HTMLElement | null} */ (document.querySelector(selector))?.click();

/** Where the keyboard stood among the notes goes with them: it waits at the words, and returns. */
function cycleNotes() {
  const now = document.documentElement.dataset.notes ?? "all";
  const next = NOTES[(NOTES.indexOf(now) + 1) % NOTES.length];
  const from = /** @type {HTMLElement} */ (document.activeElement);
  choose("notes", next);
  announce(say(`notes-${next}-shown`));
  const link = linkTo(active());
  if (from.matches("[data-waiting]") && link?.checkVisibility()) link.focus({ preventScroll: true });
  if (from === document.body || from.checkVisibility()) return;
  const words = piecesOf(from.closest(".passage")?.id ?? active())[0]?.closest("p, li, h2, h3, h4, h5, dd, td");
  const place = /** @type {HTMLElement} */ (words ?? textBody());
  place.tabIndex = -1;
  place.dataset.waiting = "";
  place.focus({ preventScroll: true });
}

/** @type {Record<string, () => void>} */
const ACTIONS = {
  next: () => walk(1),
  previous: () => walk(-1),
  comment: onSelection("comment"),
  highlight: onSelection("highlight"),
  tag: onSelection("tag"),
  reply: onNote("reply"),
  edit: onNote("edit"),
  add: press("[data-add-note]"),
  notes: cycleNotes,
  search: press("[data-search]"),
  help: () => /** @type {HTMLDialogElement | null} */ (document.getElementById("keys"))?.showModal(),
};

/** Esc steps out by one: first what lies on top, then the passage in hand, then the hits. */
function stepOut() {
  const open = document.querySelector("details.menu[open]");
  if (open) {
    open.removeAttribute("open");
    return open.querySelector("summary")?.focus();
  }
  if (closeTop()) return;
  const id = active();
  if (id) {
    const link = linkTo(id);
    activate("");
    return link?.focus({ preventScroll: true });
  }
  for (const mark of document.querySelectorAll("mark[data-cited]")) mark.removeAttribute("data-cited");
  /** @type {any} */ (document.querySelector("search-hits"))?.clear();
}

/** The table of keys, where each can be changed. @param {HTMLElement} dialog @param {AbortSignal} signal */
function table(dialog, signal) {
  const fields = /** @type {HTMLInputElement[]} */ ([...dialog.querySelectorAll("input[data-key]")]);
  for (const field of fields) field.value = chosenKeys()[field.dataset.key ?? ""] ?? field.defaultValue;
  dialog.addEventListener("change", ({ target }) => {
    const field = /** @type {HTMLInputElement} */ (target);
    if (!field.dataset.key) return;
    for (const other of fields) if (other !== field && other.value === field.value) other.value = "";
    const kept = fields.filter((one) => one.value !== one.defaultValue).map((one) => [one.dataset.key, one.value]);
    localStorage.setItem(KEPT, JSON.stringify(Object.fromEntries(kept)));
  }, { signal });
}

/** @param {KeyboardEvent} event the letter under the finger, also where the layout has no Latin ones */
const latin = ({ code, shiftKey }) => (shiftKey ? "" : (/^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? ""));

/** @param {AbortSignal} signal undoes everything */
export function watchKeys(signal) {
  const dialog = document.getElementById("keys");
  if (dialog) table(dialog, signal);
  /** @param {string} pressed */
  const actionOf = (pressed) => {
    const fields = /** @type {HTMLInputElement[]} */ ([...(dialog?.querySelectorAll("input[data-key]") ?? [])]);
    return pressed ? fields.find((field) => field.value === pressed)?.dataset.key : undefined;
  };
  document.addEventListener("keydown", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || target.closest("dialog[open]")) return;
    if (event.key === "Escape") return stepOut();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.closest("input, textarea, select, [contenteditable]")) return;
    if (document.documentElement.dataset.shortcuts === "off") return;
    const letter = event.shiftKey ? event.key : event.key.toLowerCase(); // Caps Lock is no wish
    const action = ACTIONS[actionOf(letter) ?? (letter > "\x7f" ? actionOf(latin(event)) : "") ?? ""];
    if (!action) return;
    event.preventDefault();
    action();
  }, { signal });
}
