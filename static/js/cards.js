/** What script adds to the cards: how long ago, "Show all", folded replies, one-line cards. */

import { notesIn, passagesAt } from "./passages.js";
import { excerpt } from "./quote.js";
import { makeRoom } from "./scrollers.js";
import { say } from "./words.js";

const MOST_REPLIES = 4;
const SHOWN_REPLIES = 1;
/** @type {[Intl.RelativeTimeFormatUnit, number][]} */
const UNITS = [["year", 31_557_600], ["month", 2_629_800], ["week", 604_800], ["day", 86_400], ["hour", 3600], ["minute", 60]];

/** "2 days ago", with the full date as title. @param {ParentNode} root */
export function relativeTimes(root) {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  for (const time of root.querySelectorAll(".note-head time:not([title])")) {
    const seconds = (Date.parse(time.getAttribute("datetime") ?? "") - Date.now()) / 1000;
    if (Number.isNaN(seconds)) continue;
    const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["second", 1];
    time.setAttribute("title", time.textContent ?? "");
    time.textContent = unit === "second" ? words.format(0, "second") : words.format(Math.round(seconds / size), unit);
  }
}

/** @param {string} label @param {string} className */
function button(label, className) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `quiet ${className}`;
  made.textContent = label;
  return made;
}

/** Notes and quotes longer than their lines get "Show all". @param {ParentNode} root */
function clamp(root) {
  for (const text of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".note-body, .form-quote"))) {
    if (text.hasAttribute("data-clamp") || text.closest(".conflict")) continue;
    text.setAttribute("data-clamp", "");
    if (text.scrollHeight <= text.clientHeight + 2) continue;
    const more = button(say("show-all"), "show-all");
    more.addEventListener("click", () => {
      text.removeAttribute("data-clamp");
      text.setAttribute("data-whole", "");
      text.tabIndex = -1;
      text.focus({ preventScroll: true });
      more.remove();
    });
    text.after(more);
  }
}

/** More than four replies fold, the newest stays open. @param {ParentNode} root */
function foldReplies(root) {
  for (const replies of root.querySelectorAll(".replies:not([data-seen])")) {
    replies.setAttribute("data-seen", "");
    const notes = /** @type {HTMLElement[]} */ ([...replies.children]);
    if (notes.length <= MOST_REPLIES) continue;
    const older = notes.slice(0, -SHOWN_REPLIES);
    const more = button(say("more-replies", { n: older.length }), "more-replies");
    for (const note of older) note.setAttribute("data-older", "");
    more.addEventListener("click", () => unfold(replies));
    replies.prepend(more);
  }
}

/** @param {Element} replies */
function unfold(replies) {
  replies.querySelector(".more-replies")?.remove();
  /** @type {HTMLElement | null} */ (replies.querySelector("[data-older]"))?.focus({ preventScroll: true });
}

/** The one line a crowded card folds to; style shows it only then. @param {ParentNode} root */
function foldLines(root) {
  for (const group of root.querySelectorAll(".passage:not(:has(> .fold-line))")) {
    const author = group.querySelector(".note-author")?.textContent ?? "";
    const figure = group.querySelector(".passage-quote .figures")?.textContent ?? "";
    const first = group.querySelector(".note-body")?.textContent ?? group.querySelector(".note-tags")?.textContent ?? "";
    const n = notesIn(group) - 1;
    const line = button("", "fold-line");
    const parts = [["figures", figure], ["fold-author", author], ["fold-words", excerpt(first, 80)], ["figures", n > 0 ? `+${n}` : ""]];
    for (const [name, text] of parts) {
      const part = document.createElement("span");
      part.className = name;
      part.textContent = text;
      part.dir = "auto";
      if (text) line.append(part, " ");
    }
    group.prepend(line);
  }
}

/** What only its writer sees is known in the text too, so that paper can leave it out. @param {ParentNode} root */
function markPrivate(root) {
  const open = (id) => document.getElementById(id)?.querySelector(".note:not([data-audience=private])");
  for (const place of root.querySelectorAll("[data-passages]")) {
    place.toggleAttribute("data-private", !passagesAt(place).some(open));
  }
}

/** A link to a reply that is folded away opens it. @param {string} id */
export function reveal(id) {
  const replies = document.getElementById(id)?.closest(".replies:has(> .more-replies)");
  if (replies) unfold(replies);
}

/** @param {ParentNode} root */
export function dress(root) {
  relativeTimes(root);
  clamp(root);
  foldReplies(root);
  foldLines(root);
  markPrivate(root);
  makeRoom(root);
}
