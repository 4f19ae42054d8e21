/** Where cards stand in the margin: level with their words, giving way in order. Pure. */

/**
 * @typedef {object} Item
 * @property {number} wanted the top of the first line of its passage
 * @property {number} height
 * @property {number} [notes] how many it holds
 */

/**
 * The top of every card. The active one stands exactly where it wants to; those before it make
 * room upwards, those after it downwards. Without an active one the first come first.
 * @param {Item[]} items in passage order
 * @param {{active?: number, gap?: number, ceiling?: number}} [options] `ceiling` is as high as a
 *   card may go; when those before the active one need more room, all of them begin there.
 * @returns {number[]}
 */
export function place(items, { active = -1, gap = 8, ceiling = 0 } = {}) {
  const tops = new Array(items.length);
  const from = Math.max(active, 0);
  let next = active < 0 ? ceiling : -Infinity;
  for (let i = from; i < items.length; i++) {
    tops[i] = Math.max(items[i].wanted, next);
    next = tops[i] + items[i].height + gap;
  }
  let above = tops[from];
  for (let i = from - 1; i >= 0; i--) {
    tops[i] = Math.min(items[i].wanted, above - gap - items[i].height);
    above = tops[i];
  }
  if (active > 0 && tops[0] < ceiling) pushDown(tops, items, gap, ceiling);
  return tops;
}

/**
 * @param {number[]} tops
 * @param {Item[]} items
 * @param {number} gap
 * @param {number} ceiling
 */
function pushDown(tops, items, gap, ceiling) {
  let next = ceiling;
  for (let i = 0; i < items.length && tops[i] < next; i++) {
    tops[i] = next;
    next += items[i].height + gap;
  }
}

/**
 * Which cards fold to one line: those that would share the window with more than `most`.
 * It depends on places in the text alone, so that nothing folds while somebody scrolls.
 * @param {number[]} wanted in passage order
 * @param {number} windowHeight
 * @param {number} [most]
 * @returns {boolean[]}
 */
export function crowded(wanted, windowHeight, most = 5) {
  return wanted.map((_, i) => {
    let first = i;
    let last = i;
    while (first > 0 && wanted[i] - wanted[first - 1] < windowHeight / 2) first--;
    while (last < wanted.length - 1 && wanted[last + 1] - wanted[i] < windowHeight / 2) last++;
    return last - first + 1 > most;
  });
}

/**
 * Which cards fold because they push each other away: in a run of touching cards in which one has
 * drifted further than `most` from its words, all but those that have room as they are.
 * @param {Item[]} items in passage order, unfolded
 * @param {number} most
 * @param {{gap?: number, line?: number}} [options] `line` is the height of a folded card
 * @returns {boolean[]}
 */
export function drifted(items, most, { gap = 8, line = 36 } = {}) {
  const tops = place(items, { gap });
  const folds = new Array(items.length).fill(false);
  for (let first = 0, next; first < items.length; first = next) {
    next = first + 1;
    while (next < items.length && tops[next] === tops[next - 1] + items[next - 1].height + gap) next++;
    if (!tops.slice(first, next).some((top, i) => top - items[first + i].wanted > most)) continue;
    for (let i = first, free = 0; i < next; i++) {
      const top = Math.max(items[i].wanted, free);
      folds[i] = i + 1 < items.length && top + items[i].height + gap > items[i + 1].wanted;
      free = top + (folds[i] ? line : items[i].height) + gap;
    }
  }
  return folds;
}

/**
 * How many notes lie wholly above and below what is seen.
 * @param {number[]} tops
 * @param {Item[]} items
 * @param {{top: number, bottom: number}} seen
 */
export function outside(tops, items, { top, bottom }) {
  let [above, below] = [0, 0];
  tops.forEach((y, i) => {
    if (y + items[i].height <= top) above += items[i].notes ?? 0;
    else if (y >= bottom) below += items[i].notes ?? 0;
  });
  return { above, below };
}
