/**
 * Selecting with the mouse: what lies over the words is out of the way meanwhile, and a drag that
 * leaves the column sideways selects to the end of its line. Browsers would go on into the notes
 * beside it, which come after the text, and so take all of the rest.
 */

import { textBody } from "./passages.js";

/** The place between two letters at a point of the window. @param {number} x @param {number} y @returns {[Node, number] | null} */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const place = document.caretPositionFromPoint(x, y);
    return place && [place.offsetNode, place.offset];
  }
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
}

/** Take the selection back into the text, to the line at which the pointer is. @param {{x: number, y: number}} pointer */
function keepIn({ x, y }) {
  const body = textBody();
  const selection = document.getSelection();
  const { left, right } = body.getBoundingClientRect();
  if (!selection?.rangeCount || body.contains(selection.focusNode) || (x >= left && x <= right)) return;
  const caret = caretAt(x < left ? left + 1 : right - 1, y);
  if (caret && body.contains(caret[0])) selection.extend(...caret);
}

/** @param {AbortSignal} signal undoes everything */
export function watchDragging(signal) {
  const { documentElement } = document;
  /** @param {MouseEvent} event */
  const press = ({ button, target }) => {
    const pressed = /** @type {Element} */ (target);
    const onText = textBody().contains(pressed) && !pressed.closest("a, button");
    documentElement.toggleAttribute("data-selecting", button === 0 && onText);
  };
  document.addEventListener("mousedown", press, { signal });
  document.addEventListener("mouseup", () => documentElement.removeAttribute("data-selecting"), { signal });
  let pointer = { x: 0, y: 0 };
  document.addEventListener("mousemove", ({ clientX, clientY, buttons }) => {
    pointer = { x: clientX, y: clientY };
    if (!(buttons & 1)) documentElement.removeAttribute("data-selecting"); // let go outside the window
  }, { signal });
  document.addEventListener("selectionchange", () => {
    if (documentElement.hasAttribute("data-selecting")) keepIn(pointer);
  }, { signal });
}
