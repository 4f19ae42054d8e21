/** <selection-toolbar>: what can be done with the selected words. It never takes the focus itself. */

import { addressOf, copyLink, copyQuote } from "./copy.js";
import { region, textBody } from "./passages.js";
import { rangeOf, select, selectedWords } from "./selection.js";
import { announce, say } from "./words.js";

const SETTLES_AFTER = 150;

class SelectionToolbar extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.pressed = false;
    this.touch = matchMedia("(pointer: coarse)").matches;
    /** @type {import("./selection.js").Selected | null} */
    this.words = null;
    document.addEventListener("selectionchange", () => this.later(), { signal });
    document.addEventListener("pointerdown", (event) => this.press(event), { signal });
    for (const up of ["pointerup", "pointercancel"]) {
      document.addEventListener(up, () => ((this.pressed = false), this.later()), { signal });
    }
    document.addEventListener("keydown", (event) => this.enter(event), { signal });
    document.addEventListener("scroll", () => this.hidden || this.stand(), { signal, passive: true });
    // A press inside would otherwise clear the selection before the click arrives.
    this.addEventListener("pointerdown", (event) => event.preventDefault(), { signal });
    this.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
    this.addEventListener("click", (event) => this.act(event), { signal });
    this.addEventListener("keydown", (event) => this.move(event), { signal });
    this.buttons.forEach((button, i) => (button.tabIndex = i ? -1 : 0));
    this.later(); // words may have been selected before this script arrived
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearTimeout(this.timer);
  }

  get buttons() {
    return [...this.querySelectorAll("button")];
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (this.contains(/** @type {Node} */ (event.target))) return;
    this.pressed = event.pointerType === "mouse";
    this.touch = event.pointerType === "touch";
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), SETTLES_AFTER);
  }

  settle() {
    if (this.pressed || this.contains(document.activeElement)) return;
    const editing = document.activeElement?.matches("input, textarea, select");
    const words = editing ? null : selectedWords(textBody());
    const wasHidden = this.hidden;
    this.words = words;
    this.hidden = !words;
    if (!words) return;
    this.toggleAttribute("data-docked", this.touch);
    this.stand();
    if (wasHidden) announce(say("toolbar-here"));
  }

  /** Above the words for a mouse, below them where there is no room; touch is docked by style. */
  stand() {
    if (!this.words || this.hasAttribute("data-docked")) return this.removeAttribute("style");
    const lines = [...rangeOf(textBody(), this.words).getClientRects()].filter((line) => line.width);
    if (!lines.length) return;
    const own = this.getBoundingClientRect();
    const bar = document.querySelector(".reading-bar")?.getBoundingClientRect().bottom ?? 0;
    const above = lines[0].top - own.height - 8;
    const top = above > bar + 4 ? above : lines[lines.length - 1].bottom + 8;
    const left = lines[0].left + lines[0].width / 2 - own.width / 2;
    this.style.top = `${top}px`;
    this.style.left = `${Math.max(8, Math.min(left, document.documentElement.clientWidth - own.width - 8))}px`;
  }

  /** @param {KeyboardEvent} event */
  enter(event) {
    if (!event.altKey || event.key !== "F10" || !this.words) return;
    event.preventDefault();
    this.hidden = false;
    (this.buttons.find((button) => button.tabIndex === 0) ?? this.buttons[0]).focus();
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const buttons = this.buttons;
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const forward = getComputedStyle(this).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
    const to = { [forward]: at + 1, [back]: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      buttons[at]?.blur();
      if (this.words) select(textBody(), this.words);
    } else if (to !== undefined) {
      event.preventDefault();
      const next = buttons[(to + buttons.length) % buttons.length];
      buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
      next.focus();
    }
  }

  /** @param {Event} event */
  act(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button && this.words) this.perform(button.dataset.act ?? "", button);
  }

  /**
   * Do `act` with the words selected; also called for single-letter keys and for whole paragraphs.
   * @param {string} act
   * @param {HTMLElement} [button]
   * @param {import("./selection.js").Selected | null} [words]
   */
  perform(act, button = this, words = this.words ?? selectedWords(textBody())) {
    if (!words) return;
    if (act === "quote") return void copyQuote(words, button);
    if (act === "link") return void copyLink(words, button);
    if (!("mayAnnotate" in region().dataset)) return void this.logInFirst(act, words);
    this.hidden = true;
    document.dispatchEvent(new CustomEvent("annotate", { detail: { act, words } }));
  }

  /**
   * Log-in leads back to the same words.
   * @param {string} act
   * @param {import("./selection.js").Selected} words
   */
  async logInFirst(act, words) {
    const { logInUrl = "", revision } = region().dataset;
    const address = await addressOf(words).catch(() => `${revision}.${words.start}-${words.end}`);
    const back = `${location.pathname}?select=${address.split("/").pop()}&act=${act}`;
    location.assign(`${logInUrl}?${new URLSearchParams({ next: back })}`);
  }
}

customElements.define("selection-toolbar", SelectionToolbar);
