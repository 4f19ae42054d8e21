/** Coming to the page for something: a note, its passage, or words chosen before log-in. */

import { drafts } from "./drafts.js";
import { groupOf, region, show, textBody } from "./passages.js";
import { reveal } from "./cards.js";
import { rangeOf, select } from "./selection.js";

/** @param {{openNotes: (id: string, enter: boolean) => void}} page */
export function arrive({ openNotes }) {
  const query = new URLSearchParams(location.search);
  const chosen = query.get("select");
  const act = query.get("act") ?? "";
  if (chosen) return takeUp(chosen, act);
  const answered = query.get("reply");
  if (answered) answer(answered);
  const id = location.hash.slice(1);
  const target = id ? document.getElementById(id) : null;
  const group = target?.closest(".passage");
  if (!id) return toCitedWords();
  if (!group) return;
  const { dataset } = document.documentElement;
  const isHidden = dataset.notes === "none" || (dataset.notes === "mine" && !target?.closest(".thread[data-mine]"));
  if (isHidden) dataset.notes = "all"; // for this visit: whoever follows a link to a note wants to see it
  reveal(id);
  openNotes(group.id, false);
  show(group.id);
  const note = target?.matches(".note") ? target : groupOf(group.id)?.querySelector(".note");
  /** @type {HTMLElement | null} */ (note)?.focus({ preventScroll: true });
  // Until the page is loaded the browser goes to where the card was before it moved to its words.
  if (document.readyState !== "complete") addEventListener("load", () => setTimeout(() => show(group.id)), { once: true });
}

/**
 * Somebody logged in to reply: the form opens where they wanted to write. htmx knows the buttons
 * once the page is there.
 * @param {string} id of the note
 */
function answer(id) {
  history.replaceState(history.state, "", location.pathname + location.hash);
  document.addEventListener("DOMContentLoaded", () => {
    /** @type {HTMLElement | null} */ (document.querySelector(`#note-${CSS.escape(id)} [data-act=reply]`))?.click();
  }, { once: true });
}

/** The log-in that leads back to the form of a reply. @param {string} id of the note */
export function logInToReply(id) {
  const next = `${location.pathname}?reply=${id}#note-${id}`;
  location.assign(`${region().dataset.logInUrl}?${new URLSearchParams({ next })}`);
}

/**
 * Something was left unfinished on this page: offer to go on with it. Words are taken up where they
 * stood only if they stand there still; else the form without a place takes over.
 */
export function offerDraft() {
  const mine = drafts(localStorage, document.body.dataset.user ?? "");
  const slug = /** @type {HTMLElement} */ (document.querySelector("[data-slug]")).dataset.slug ?? "";
  if (!document.body.dataset.user || new URLSearchParams(location.search).has("select")) return;
  const target = mine.left((name) => name.startsWith(`${slug}:`) || Boolean(noteOf(name)));
  if (!target) return;
  const place = /^(\d+)-(\d+)$/.exec(target.slice(slug.length + 1));
  /** @type {any} */
  let words = noteOf(target) ? undefined : null;
  if (place) {
    const [start, end] = [Number(place[1]), Number(place[2])];
    const quote = mine.read(target)?.quote ?? "";
    const still = end <= [...(textBody().textContent ?? "")].length && rangeOf(textBody(), { start, end }).toString() === quote;
    if (still) words = { start, end, quote };
    else if (!mine.read(`${slug}:new`)) mine.keep(`${slug}:new`, mine.read(target) ?? {});
  }
  document.dispatchEvent(new CustomEvent("draft-kept", { detail: { target, words } }));
}

/** The note a reply or an edit was begun on. @param {string} target */
function noteOf(target) {
  const [, id] = /^(?:reply|edit):(.+)$/.exec(target) ?? [];
  return id ? document.getElementById(`note-${id}`) : null;
}

/**
 * A passage link leads to its words. Not where the browser finds its own: a text fragment
 * (#:~:text=) is hidden from location.hash, and a page that is gone back to keeps its place.
 * Nor past a notice of what became of them; that has a link of its own.
 */
function toCitedWords() {
  const [visit] = performance.getEntriesByType("navigation");
  const isBack = /** @type {PerformanceNavigationTiming} */ (visit)?.type === "back_forward";
  if (isBack || visit?.name.includes(":~:") || window.scrollY) return;
  if (document.querySelector(".cited-note")) return;
  document.getElementById("cited")?.scrollIntoView({ block: "center", behavior: "instant" });
}

/**
 * The words somebody selected before they logged in, selected again, with the form open. A
 * highlight waits for its button: opening a page writes nothing.
 * @param {string} chosen as revision.start-end.check
 * @param {string} act
 */
function takeUp(chosen, act) {
  history.replaceState(history.state, "", location.pathname + location.hash);
  const [, revision, start, end] = /^(\d+)\.(\d+)-(\d+)(?:\.|$)/.exec(chosen) ?? [];
  if (!revision || revision !== region().dataset.revision) return;
  const span = { start: Number(start), end: Number(end) };
  const range = rangeOf(textBody(), span);
  for (const mark of textBody().querySelectorAll("mark[data-cited]")) mark.removeAttribute("data-cited");
  const line = range.getClientRects()[0];
  if (line) window.scrollBy({ top: line.top - window.innerHeight / 3, behavior: "instant" });
  select(textBody(), span);
  if (!["comment", "tag"].includes(act) || !("mayAnnotate" in region().dataset)) return;
  const words = { ...span, quote: range.toString() };
  document.dispatchEvent(new CustomEvent("annotate", { detail: { act, words } }));
}
