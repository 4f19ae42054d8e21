/** <words-picker>: the words a note is to stand on, selected in the text. */

import { textBody } from "./passages.js";
import { markPending, rangeOf, selectedWords } from "./selection.js";

const SETTLES_AFTER = 150;

class WordsPicker extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("selectionchange", () => this.later(), { signal });
    document.addEventListener("keydown", (event) => this.enter(event), { signal });
    this.settle(); // words may have been selected before this script arrived
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearTimeout(this.timer);
    markPending(null);
  }

  get button() {
    return /** @type {HTMLButtonElement} */ (this.querySelector("button"));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), SETTLES_AFTER);
  }

  /** What was selected last stays chosen while the focus is in here. */
  settle() {
    const words = selectedWords(textBody());
    if (!words) return;
    for (const [name, value] of Object.entries({ words: words.quote, start: words.start, end: words.end })) {
      /** @type {HTMLInputElement} */ (this.querySelector(`[name=${name}]`)).value = String(value);
    }
    const shown = /** @type {HTMLElement} */ (this.querySelector("[data-selected]"));
    shown.hidden = false;
    /** @type {HTMLElement} */ (shown.querySelector("q")).textContent = words.quote;
    this.button.disabled = false;
    markPending(rangeOf(textBody(), words));
  }

  /** The same key as into the tools for selected words. @param {KeyboardEvent} event */
  enter(event) {
    if (!event.altKey || event.key !== "F10" || this.button.disabled) return;
    event.preventDefault();
    this.button.focus();
  }
}

customElements.define("words-picker", WordsPicker);
