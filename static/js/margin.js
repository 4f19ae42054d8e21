/**
 * <note-margin>: on wide screens each card stands level with the first line of its words. Only the
 * position changes; the order in the document stays. The composer takes part as one more card.
 */

import { active, activate, drawEdge, firstLine, groupOf, listed, show, textBody } from "./passages.js";
import { count, nearestOutside } from "./pills.js";
import { crowded, drifted, place } from "./stack.js";

export const WIDE = matchMedia("(min-width: 68rem)");

/** Read the heights anew, all at once. */
function remeasured(places) {
  for (const one of places) one.height = one.card.offsetHeight;
  return places;
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

  arrange() {
    drawEdge();
    if (!WIDE.matches) return this.release();
    const origin = this.getBoundingClientRect().top;
    const ceiling = this.ceiling(origin);
    const cards = listed().filter((card) => !this.tick(card, origin)).map((card) => this.measure(card, origin));
    this.fold(cards);
    const writing = document.querySelector("#compose:not([hidden])");
    const places = (writing ? [...cards, this.measure(writing, origin)] : cards).sort((a, b) => a.wanted - b.wanted);
    const at = places.findIndex(({ card }) => (writing ? card === writing : card.id === active()));
    let tops = place(remeasured(places), { active: at, ceiling });
    if (at > 0 && tops[at] > places[at].wanted) {
      // No room above: the cards before the active one fold, so that it can stand level.
      for (const { card } of places.slice(0, at)) card.setAttribute("data-folded", "");
      tops = place(remeasured(places), { active: at, ceiling });
    }
    places.forEach(({ card, shift }, i) => card.style.setProperty("--y", `${tops[i] - shift}px`));
    this.style.minBlockSize = `${Math.max(0, ...tops.map((top, i) => top + places[i].height))}px`;
    this.places = places;
    this.tops = tops;
    this.count();
  }

  release() {
    for (const card of this.querySelectorAll(".passage")) {
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
    head?.style.setProperty("--y", `${top}px`);
    return Math.min(0, top + (head?.offsetHeight ?? 0) + 8);
  }

  /**
   * Highlights without words are a tick beside their line, and no card until they are in hand.
   * @param {HTMLElement} card
   * @param {number} origin
   */
  tick(card, origin) {
    const is = card.id !== active() && !card.querySelector(".thread:not([data-plain])");
    card.toggleAttribute("data-tick", is);
    if (is) card.style.setProperty("--y", `${(firstLine(card.id)?.top ?? origin) - origin}px`);
    return is;
  }

  /**
   * A card and the place it wants; `shift` is how much lower its own origin lies (the composer
   * hangs in the article and not in the list).
   * @param {any} card
   * @param {number} origin
   */
  measure(card, origin) {
    if (card.wanted) {
      const shift = (card.offsetParent?.getBoundingClientRect().top ?? origin) - origin;
      return { card, wanted: card.wanted() - origin, shift, height: card.offsetHeight };
    }
    const line = firstLine(card.id)?.top ?? textBody().getBoundingClientRect().bottom;
    card.removeAttribute("data-folded");
    return { card, wanted: line - origin, shift: 0, height: 0 };
  }

  /** Cards fold where they crowd or drift away; not the one in hand, nor one being written in. */
  fold(cards) {
    const crowd = crowded(cards.map(({ wanted }) => wanted), innerHeight);
    const drift = drifted(remeasured(cards), innerHeight / 2);
    cards.forEach(({ card }, i) => {
      const open = card.id === active() || card.querySelector(".note-slot > *");
      card.toggleAttribute("data-folded", (crowd[i] || drift[i]) && !open);
    });
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
    activate(card.id);
    if (!pill) return;
    show(card.id);
    card.querySelector(".note")?.focus({ preventScroll: true });
  }
}

customElements.define("note-margin", NoteMargin);
