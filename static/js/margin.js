/**
 * <note-margin>: on wide screens each card stands level with the first line of its words. Only the
 * position changes; the order in the document stays. The composer takes part as one more card.
 */

import { fold, moveTo, tick } from "./folding.js";
import { active, activate, drawEdge, firstLine, groupOf, listed, notesIn, show, textBody } from "./passages.js";
import { count, nearestOutside } from "./pills.js";
import { place } from "./stack.js";

export const WIDE = matchMedia("(min-width: 68rem)");

/** @typedef {import("./folding.js").Placed} Placed */

/** Read the heights anew, all at once. @param {Placed[]} places */
function remeasured(places) {
  for (const one of places) one.height = one.card.offsetHeight;
  return places;
}

/** The composer while it is open; it hangs in the article and not in the list. @param {number} origin @returns {Placed[]} */
function composer(origin) {
  const card = /** @type {any} */ (document.querySelector("#compose:not([hidden])"));
  if (!card) return [];
  const shift = (card.offsetParent?.getBoundingClientRect().top ?? origin) - origin;
  return [{ card, wanted: card.wanted() - origin, shift, height: 0, writing: true }];
}

class NoteMargin extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.pills = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".pill")]);
    this.watch = new ResizeObserver(() => this.soon());
    for (const child of this.children) this.watch.observe(child);
    this.watch.observe(textBody());
    const composer = document.getElementById("compose");
    if (composer) this.watch.observe(composer);
    WIDE.addEventListener("change", () => this.soon(), { signal });
    addEventListener("resize", () => this.soon(), { signal });
    for (const name of ["passage-change", "composer-change", "notes-change"]) {
      document.addEventListener(name, () => this.soon(), { signal });
    }
    document.addEventListener("scroll", () => this.count(), { signal, passive: true });
    this.addEventListener("click", (event) => this.leap(event), { signal });
    document.fonts?.ready.then(() => this.soon());
  }

  disconnectedCallback() {
    this.stop?.abort();
    this.watch?.disconnect();
    cancelAnimationFrame(this.frame ?? 0);
  }

  soon() {
    cancelAnimationFrame(this.frame ?? 0);
    this.frame = requestAnimationFrame(() => this.arrange());
  }

  /** Reading and writing alternate in few steps, since each turn costs a layout of the page. */
  arrange() {
    drawEdge();
    if (!WIDE.matches) return this.release();
    const origin = this.getBoundingClientRect().top;
    const ceiling = this.ceiling(origin);
    const end = textBody().getBoundingClientRect().bottom;
    const lines = listed().map((card) => ({ card, wanted: (firstLine(card.id)?.top ?? end) - origin, shift: 0, height: 0 }));
    const ticks = lines.filter(tick);
    const cards = lines.filter(({ card }) => !card.hasAttribute("data-tick"));
    fold(cards);
    const places = [...cards, ...composer(origin)].sort((one, other) => one.wanted - other.wanted);
    const writing = places.find((one) => one.writing);
    const at = places.findIndex((one) => (writing ? one === writing : one.card.id === active()));
    let tops = place(remeasured(places), { active: at, ceiling });
    if (at > 0 && tops[at] > places[at].wanted) {
      // No room above: the cards before the active one fold, so that it can stand level.
      for (const { card } of places.slice(0, at)) card.setAttribute("data-folded", "");
      tops = place(remeasured(places), { active: at, ceiling });
    }
    places.forEach(({ card, shift }, i) => moveTo(card, tops[i] - shift));
    this.style.minBlockSize = `${Math.max(0, ...tops.map((top, i) => top + places[i].height))}px`;
    // Ticks move nothing, but the notes they stand for are counted with the others.
    const all = [...places.map((one, i) => ({ ...one, top: tops[i] })), ...ticks.map((one) => ({ ...one, top: one.wanted }))];
    this.places = all.sort((one, other) => one.top - other.top).map((one) => ({ ...one, notes: notesIn(one.card) }));
    this.tops = this.places.map((one) => one.top);
    this.count();
  }

  release() {
    const moved = document.querySelectorAll(".passage, .notes-head, #compose");
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (moved)) {
      card.style.translate = "";
      for (const name of ["data-folded", "data-tick"]) card.removeAttribute(name);
    }
    this.places = undefined;
    this.style.minBlockSize = "";
    for (const pill of this.pills) pill.hidden = true;
  }

  /** Cards may rise beside the article's head, up to the heading of the notes. @param {number} origin */
  ceiling(origin) {
    const head = /** @type {HTMLElement | null} */ (this.closest(".annotations")?.querySelector(".notes-head"));
    const top = (document.querySelector(".article-head")?.getBoundingClientRect().top ?? origin) - origin;
    if (head) moveTo(head, top);
    return Math.min(0, top + (head?.offsetHeight ?? 0) + 8);
  }

  count() {
    if (this.places) count(this.pills, this.tops, this.places, this.getBoundingClientRect().top);
  }

  /** A pill leads to the nearest card outside; a folded or ticked card opens. */
  leap(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const pill = target.closest(".pill");
    const cards = (this.places ?? []).map((one) => one.card).filter((card) => card.id !== "compose");
    const card = pill ? nearestOutside(cards, pill === this.pills[0]) : target.closest(".passage");
    if (!card || card.id === active() || !groupOf(card.id)) return;
    const closed = card.matches("[data-tick]") || target.closest(".fold-line");
    if (closed) event.preventDefault(); // a tick's link would lead straight back to the text
    activate(card.id);
    if (pill) show(card.id);
    if (pill || closed) card.querySelector(".note")?.focus({ preventScroll: true });
  }
}

customElements.define("note-margin", NoteMargin);
