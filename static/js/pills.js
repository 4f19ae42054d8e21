/** The pills "↑ 3 notes" and "↓ 7 notes" that lead to cards outside the window. */

import { outside } from "./stack.js";
import { say } from "./words.js";

const lowerEdgeOfBar = () => document.querySelector(".reading-bar")?.getBoundingClientRect().bottom ?? 0;

/**
 * Say how many notes lie above and below what is seen.
 * @param {HTMLElement[]} pills the upper and the lower one
 * @param {number[]} tops
 * @param {import("./stack.js").Item[]} places
 * @param {number} origin of the tops, in the window
 */
export function count(pills, tops, places, origin) {
  const seen = { top: lowerEdgeOfBar() - origin, bottom: window.innerHeight - origin };
  const { above, below } = outside(tops, places, seen);
  [above, below].forEach((n, i) => {
    pills[i].hidden = n === 0;
    if (n) pills[i].textContent = say(i ? "pill-below" : "pill-above", { n });
  });
}

/**
 * The card outside the window that is nearest to it.
 * @param {HTMLElement[]} cards in order
 * @param {boolean} up
 */
export function nearestOutside(cards, up) {
  const outer = cards.filter((card) => {
    const box = card.getBoundingClientRect();
    return up ? box.bottom <= lowerEdgeOfBar() : box.top >= window.innerHeight;
  });
  return up ? outer.at(-1) : outer[0];
}
