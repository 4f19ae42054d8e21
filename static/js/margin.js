/**
 * <note-margin>: on wide screens each card stands level with the first line of its words. Only the
 * position changes; the order in the document stays. The composer takes part as one more card.
 */

import { active, activate, drawEdge, firstLine, groupOf, listed, show, textBody } from "./passages.js";
import { count, nearestOutside } from "./pills.js";
import { crowded, place } from "./stack.js";

export const WIDE = matchMedia("(min-width: 68rem)");

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
    const groups = listed();
    const wide = WIDE.matches && groups.length > 0;
    for (const group of this.querySelectorAll(".passage")) {
      if (!wide) for (const name of ["data-folded", "data-tick"]) group.removeAttribute(name);
    }
    if (!WIDE.matches) return this.release();
    const ceiling = this.ceiling();
    this.places = this.read(groups);
    const at = this.places.findIndex((one) => one.first);
    let tops = place(this.places, { active: at, ceiling });
    if (at > 0 && tops[at] > this.places[at].wanted) {
      // No room above: the cards before the active one fold, so that it can stand level.
      for (const one of this.places.slice(0, at)) one.card.setAttribute("data-folded", "");
      for (const one of this.places) one.height = one.card.offsetHeight;
      tops = place(this.places, { active: at, ceiling });
    }
    this.tops = tops;
    this.places.forEach((one, i) => one.card.style.setProperty("--y", `${tops[i] - one.shift}px`));
    for (const tick of this.querySelectorAll(".passage[data-tick]")) {
      const line = firstLine(tick.id);
      if (line) tick.style.setProperty("--y", `${line.top - this.origin()}px`);
    }
    const lowest = Math.max(0, ...tops.map((top, i) => top + this.places[i].height));
    this.style.minBlockSize = `${lowest}px`;
    this.count();
  }

  release() {
    this.places = [];
    this.style.minBlockSize = "";
    for (const pill of this.pills ?? []) pill.hidden = true;
  }

  origin() {
    return this.getBoundingClientRect().top;
  }

  /** Cards may rise beside the article's head, up to the heading of the notes. */
  ceiling() {
    const head = this.closest(".annotations")?.querySelector(".notes-head");
    const top = document.querySelector(".article-head")?.getBoundingClientRect().top ?? this.origin();
    if (!head) return 0;
    head.style.setProperty("--y", `${top - this.origin()}px`);
    return Math.min(0, top - this.origin() + head.offsetHeight + 8);
  }

  /** The cards with the places they want; folding and ticks are settled first, then heights read. */
  read(groups) {
    const writing = document.querySelector("#compose:not([hidden])");
    const origin = this.origin();
    const wanted = groups.map((group) => (firstLine(group.id)?.top ?? textBody().getBoundingClientRect().bottom) - origin);
    const ticks = groups.map((group) => !group.querySelector(".thread:not([data-plain])") && group.id !== active());
    const folds = crowded(wanted.filter((_, i) => !ticks[i]), innerHeight);
    groups.forEach((group, i) => {
      const crowd = ticks[i] ? false : folds.shift();
      group.toggleAttribute("data-tick", ticks[i]);
      group.toggleAttribute("data-folded", crowd && group.id !== active() && !group.querySelector(".note-slot > *"));
    });
    const cards = groups.map((card, i) => ({ card, wanted: wanted[i], shift: 0, first: !writing && card.id === active() }));
    if (writing) cards.push(this.composer(writing, origin));
    return cards
      .filter((one) => !one.card.hasAttribute("data-tick"))
      .map((one) => ({ ...one, height: one.card.offsetHeight }))
      .sort((a, b) => a.wanted - b.wanted);
  }

  /** The composer hangs in the article, not in the list: its origin is another one. */
  composer(card, origin) {
    const frame = card.offsetParent?.getBoundingClientRect().top ?? origin;
    return { card, wanted: card.wanted?.() - origin, shift: frame - origin, first: true };
  }

  count() {
    if (WIDE.matches && this.places && this.tops) count(this.pills, this.tops, this.places, this.origin());
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
