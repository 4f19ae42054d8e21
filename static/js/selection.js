/** Between the browser's selection and a span of the canonical text. */

import { spanInCodePoints, spanInUnits } from "./offsets.js";
import { trimmed } from "./quote.js";

/**
 * @typedef {object} Selected words of the article
 * @property {number} start in code points
 * @property {number} end in code points, exclusive
 * @property {string} quote
 */

/**
 * The words of `body` that are selected, trimmed, or null when there are none.
 * @param {HTMLElement} body
 * @returns {Selected | null}
 */
export function selectedWords(body) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return range.intersectsNode(body) ? wordsIn(body, range) : null;
}

/**
 * All words of one of the blocks of `body`.
 * @param {HTMLElement} body
 * @param {HTMLElement} block
 */
export function wordsOf(body, block) {
  const range = document.createRange();
  range.selectNodeContents(block);
  return wordsIn(body, range);
}

/**
 * @param {HTMLElement} body
 * @param {Range} range
 * @returns {Selected | null}
 */
function wordsIn(body, range) {
  const text = body.textContent ?? "";
  const units = trimmed(text, { start: unitsBefore(body, range, "start"), end: unitsBefore(body, range, "end") });
  return units && { ...spanInCodePoints(text, units), quote: text.slice(units.start, units.end) };
}

/**
 * The range that holds `span`, given in code points.
 * @param {HTMLElement} body
 * @param {{start: number, end: number}} span
 */
export function rangeOf(body, span) {
  const units = spanInUnits(body.textContent ?? "", span);
  const range = document.createRange();
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!begun && units.start < before + length) {
      range.setStart(node, units.start - before);
      begun = true;
    }
    if (units.end <= before + length) {
      range.setEnd(node, units.end - before);
      break;
    }
    before += length;
  }
  return range;
}

/**
 * Select `span` as if the reader had.
 * @param {HTMLElement} body
 * @param {{start: number, end: number}} span
 */
export function select(body, span) {
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(rangeOf(body, span));
}

/**
 * Show `range` as the words being written about; the selection itself moves into the form.
 * @param {Range | null} range
 */
export function markPending(range) {
  if (!("highlights" in CSS)) return;
  if (range) CSS.highlights.set("pending", new Highlight(range));
  else CSS.highlights.delete("pending");
}

/**
 * UTF-16 units of `body`'s text before one end of `range`; an end outside counts as the edge.
 * @param {HTMLElement} body
 * @param {Range} range
 * @param {"start" | "end"} which
 */
function unitsBefore(body, range, which) {
  const before = document.createRange();
  before.selectNodeContents(body);
  const node = which === "start" ? range.startContainer : range.endContainer;
  const offset = which === "start" ? range.startOffset : range.endOffset;
  const side = before.comparePoint(node, offset);
  if (side < 0) return 0;
  if (side === 0) before.setEnd(node, offset);
  return before.toString().length;
}
