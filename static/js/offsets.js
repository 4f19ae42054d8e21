/**
 * Code points and UTF-16 units. Everything that crosses the wire counts Unicode code points from
 * 0, as the W3C model asks; JavaScript counts UTF-16 units. This is the only module that converts.
 */

/** @param {number} unit */
const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
/** @param {number} unit */
const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * How many code points stand before UTF-16 index `units`. An index inside a surrogate pair counts
 * as standing before the pair.
 * @param {string} text
 * @param {number} units
 */
export function toCodePoints(text, units) {
  const end = Math.min(Math.max(units, 0), text.length);
  let pairs = 0;
  for (let i = 1; i < end; i++) {
    if (isLow(text.charCodeAt(i)) && isHigh(text.charCodeAt(i - 1))) pairs++;
  }
  const inside = end > 0 && end < text.length && isLow(text.charCodeAt(end)) && isHigh(text.charCodeAt(end - 1));
  return end - pairs - (inside ? 1 : 0);
}

/**
 * The UTF-16 index at which code point number `points` begins; the end of the text beyond it.
 * @param {string} text
 * @param {number} points
 */
export function toUnits(text, points) {
  let index = 0;
  for (let left = points; left > 0 && index < text.length; left--) {
    index += isHigh(text.charCodeAt(index)) && isLow(text.charCodeAt(index + 1)) ? 2 : 1;
  }
  return index;
}

/**
 * A span in UTF-16 units as one in code points.
 * @param {string} text
 * @param {{start: number, end: number}} units
 */
export function spanInCodePoints(text, { start, end }) {
  return { start: toCodePoints(text, start), end: toCodePoints(text, end) };
}

/**
 * A span in code points as one in UTF-16 units.
 * @param {string} text
 * @param {{start: number, end: number}} points
 */
export function spanInUnits(text, { start, end }) {
  return { start: toUnits(text, start), end: toUnits(text, end) };
}
