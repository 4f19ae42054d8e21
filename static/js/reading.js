/** The reading page: brings its parts together and follows clicks between text and notes. */

import "./chooser.js";
import "./composer.js";
import "./hits.js";
import "./margin.js";
import "./notice.js";
import "./picker.js";
import "./polling.js";
import "./settings.js";
import "./sheet.js";
import "./tags.js";
import "./toolbar.js";
import { arrive, logInToReply, offerDraft } from "./arrival.js";
import { dress, reveal } from "./cards.js";
import { copy } from "./copy.js";
import { watchDragging } from "./dragging.js";
import { prepareFilter, watchFilter } from "./filter.js";
import { watchForms } from "./forms.js";
import { watchKeys } from "./keys.js";
import { WIDE } from "./margin.js";
import { activate, active, groupOf, linkTo, passagesAt, region, show, textBody } from "./passages.js";
import { makeRoom } from "./scrollers.js";
import { wordsOf } from "./selection.js";
import { watchSending } from "./sending.js";

const page = new AbortController();
const { signal } = page;
const toolbar = () => /** @type {any} */ (document.querySelector("selection-toolbar"));
const sheet = () => /** @type {any} */ (document.querySelector("note-sheet"));

/** Lead from the text to the notes of `id`. @param {string} id @param {boolean} enter move the focus */
function openNotes(id, enter) {
  activate(id);
  if (!WIDE.matches) sheet()?.lift();
  if (enter) groupOf(id)?.querySelector(".note")?.focus({ preventScroll: true });
}

/** @param {MouseEvent} event @param {Element} place a mark or a number */
function follow(event, place) {
  const ids = passagesAt(place).filter((id) => groupOf(id) && !groupOf(id)?.hidden);
  const byKeyboard = event.detail === 0;
  if (ids.length < 2) return openNotes(ids[0] ?? "", place.matches("a"));
  const box = place.getClientRects()[0];
  const at = byKeyboard ? { x: box.left, y: box.bottom } : { x: event.clientX, y: event.clientY };
  const from = /** @type {HTMLElement | null} */ (place.matches("a") ? place : null);
  /** @type {any} */ (document.getElementById("chooser")).ask(ids, { ...at, from }, (id) => openNotes(id, true));
}

/** @param {MouseEvent} event */
function click(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const target = /** @type {Element} */ (event.target);
  const place = target.closest("a[data-passages]") ?? (target.closest("a") ? null : target.closest("mark[data-passages]"));
  const back = target.closest("[data-back]");
  if (place) {
    if (place.matches("mark") && !document.getSelection()?.isCollapsed) return;
    event.preventDefault();
    follow(event, place);
  } else if (back) {
    event.preventDefault();
    backToPassage(back.closest(".passage")?.id ?? "");
  } else if (target.closest("[data-notes-link]")) {
    if (WIDE.matches) return;
    event.preventDefault();
    sheet()?.lift({ all: true });
  } else if (target.closest("[data-add-note]") && document.getElementById("composer")) {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("annotate", { detail: { act: "comment", words: null } }));
  } else if (target.closest(".paragraph-note")) {
    event.preventDefault();
    const block = /** @type {HTMLElement} */ (target.closest(".paragraph-note")?.parentElement);
    toolbar()?.perform("comment", undefined, wordsOf(textBody(), block));
  } else if (target.closest("[data-log-in-to]")) {
    event.preventDefault();
    logInToReply(target.closest("[data-log-in-to]")?.getAttribute("data-log-in-to") ?? "");
  } else if (target.closest("[data-copy]")) {
    const button = /** @type {HTMLElement} */ (target.closest("[data-copy]"));
    copy(region().dataset[button.dataset.copy ?? ""] ?? "", button, "citation-copied");
  } else if (target.closest("[data-keys-help]")) {
    /** @type {HTMLDialogElement} */ (document.getElementById("keys")).showModal();
  }
}

/** @param {string} id */
function backToPassage(id) {
  sheet()?.shut(false);
  show(id);
  const link = linkTo(id);
  activate("");
  link?.focus({ preventScroll: true });
}

/** After every replacement of text and notes. */
function refresh() {
  dress(region());
  prepareFilter();
  document.querySelector("[data-count]").textContent = region().dataset.notes ?? "";
  const line = /** @type {HTMLTemplateElement} */ (region().querySelector("[data-for=note-count]"));
  document.querySelector("[data-note-count]")?.replaceChildren(line.content.cloneNode(true));
  document.dispatchEvent(new CustomEvent("notes-change"));
}

document.addEventListener("click", click, { signal });
document.body.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt.id === "reading") document.dispatchEvent(new CustomEvent("region-replaced"));
  else if (detail.elt !== document.body) dress(detail.elt);
}, { signal });
// Before anybody can select words in them: moving a table later would drop the selection.
document.body.addEventListener("htmx:afterSwap", () => makeRoom(region()), { signal });
document.addEventListener("region-replaced", () => {
  const kept = active();
  refresh();
  activate(kept);
}, { signal });
addEventListener("hashchange", () => reveal(location.hash.slice(1)), { signal });

// The title in the bar would only repeat the heading while that is still in view.
const heading = document.querySelector(".article-head h1");
if (heading) {
  new IntersectionObserver(([entry]) => {
    document.querySelector(".reading-bar")?.toggleAttribute("data-at-top", entry.isIntersecting);
  }).observe(heading);
}

watchDragging(signal);
watchForms(signal);
watchSending(signal);
watchKeys(signal);
watchFilter(signal);
refresh();
document.querySelector(".reading")?.setAttribute("data-live", "");
arrive({ openNotes });
offerDraft();
