/** Which cards of the margin are whole, which a line and which a tick. */

import { active } from "./passages.js";
import { crowded, drifted } from "./stack.js";

/**
 * @typedef {object} Placed a card, the place it wants, and how much lower its own origin lies
 * @property {any} card
 * @property {number} wanted
 * @property {number} shift
 * @property {number} height
 * @property {boolean} [writing] it is the composer
 */

/** Only what moves is written: a thousand styles that stay cost as much as a thousand that change. @param {HTMLElement} card @param {number} y */
export function moveTo(card, y) {
  const place = `0px ${Math.round(y * 100) / 100}px`;
  if (card.style.translate !== place) card.style.translate = place;
}

/** Highlights without words are a tick beside their line, and no card until they are in hand. @param {Placed} line */
export function tick({ card, wanted }) {
  const is = card.id !== active() && !card.querySelector(".thread:not([data-plain])");
  card.toggleAttribute("data-tick", is);
  if (is) moveTo(card, wanted);
  return is;
}

/** @type {WeakMap<HTMLElement, number>} heights of cards before they were folded */
const natural = new WeakMap();

/** The cards as high as they are unfolded, without unfolding them all each time. @param {Placed[]} cards */
function unfolded(cards) {
  for (const { card } of cards) if (!natural.has(card)) card.removeAttribute("data-folded");
  return cards.map((one) => {
    if (!one.card.hasAttribute("data-folded")) natural.set(one.card, one.card.offsetHeight);
    return { ...one, height: natural.get(one.card) ?? 0 };
  });
}

/** Cards fold where they crowd or drift away; not the one in hand, nor one being written in. @param {Placed[]} cards */
export function fold(cards) {
  const crowd = crowded(cards.map(({ wanted }) => wanted), innerHeight);
  const drift = drifted(unfolded(cards), innerHeight / 2);
  cards.forEach(({ card }, i) => {
    const open = card.id === active() || card.querySelector(".note-slot > *");
    card.toggleAttribute("data-folded", (crowd[i] || drift[i]) && !open);
  });
}
