/** <undo-notice>: what just happened and the one way back from it, "Undo" or "Continue". */

import { active, linkTo } from "./passages.js";
import { say } from "./words.js";

const UNDO_FOR = 10_000;

class UndoNotice extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    document.addEventListener("can-undo", (event) => {
      const { message, undo } = /** @type {CustomEvent} */ (event).detail;
      this.offer(message, say("undo"), () => htmx.ajax("POST", undo, { target: "#reading", swap: "outerHTML" }));
      this.timer = setTimeout(() => this.shut(), UNDO_FOR);
    }, { signal });
    document.addEventListener("draft-kept", (event) => this.keepDraft(/** @type {CustomEvent} */ (event).detail), { signal });
    document.addEventListener("composer-change", () => this.draft && this.shut(), { signal });
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.shut(), { signal });
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearTimeout(this.timer);
  }

  /** @param {{target: string, words: any}} kept */
  keepDraft({ target, words }) {
    const [kind, id] = target.split(":");
    this.offer(say("draft-kept"), say("continue"), () => {
      if (words !== undefined) {
        document.dispatchEvent(new CustomEvent("annotate", { detail: { act: "comment", words } }));
      } else {
        const button = document.querySelector(`#note-${CSS.escape(id)} [data-act="${kind}"]`);
        /** @type {HTMLElement | null} */ (button)?.click();
      }
    }, false);
    this.draft = true;
  }

  /**
   * @param {string} message
   * @param {string} label
   * @param {() => void} act
   * @param {boolean} [focus]
   */
  offer(message, label, act, focus = true) {
    clearTimeout(this.timer);
    this.draft = false;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", () => {
      this.shut();
      act();
    });
    const line = document.createElement("p");
    line.textContent = message;
    this.replaceChildren(line, button);
    this.hidden = false;
    if (focus) button.focus({ preventScroll: true });
  }

  shut() {
    clearTimeout(this.timer);
    this.draft = false;
    // Ten seconds pass while the keyboard stands here: it goes back to the text, and not to nothing.
    const back = linkTo(active()) ?? document.querySelector("[data-notes-link]");
    if (this.contains(document.activeElement)) /** @type {HTMLElement} */ (back)?.focus({ preventScroll: true });
    this.hidden = true;
    this.replaceChildren();
  }
}

customElements.define("undo-notice", UndoNotice);
