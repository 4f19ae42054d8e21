/** <note-chooser>: where several passages lie under one point, a list of them, shortest first. */

import { excerpt } from "./quote.js";
import { groupOf, notesIn } from "./passages.js";
import { say } from "./words.js";

class NoteChooser extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.addEventListener("click", (event) => this.choose(event), { signal });
    this.addEventListener("keydown", (event) => this.move(event), { signal });
    document.addEventListener("pointerdown", (event) => this.leave(event), { signal });
    document.addEventListener("scroll", () => this.shut(), { signal, passive: true });
  }

  disconnectedCallback() {
    this.stop?.abort();
  }

  /**
   * Ask which of `ids` is meant, at a point of the window; `chosen` is called with the answer.
   * @param {string[]} ids shortest passage first
   * @param {{x: number, y: number, from: HTMLElement | null}} at
   * @param {(id: string) => void} chosen
   */
  ask(ids, { x, y, from }, chosen) {
    this.chosen = chosen;
    this.from = from;
    this.replaceChildren(...ids.map((id) => this.row(id)));
    this.hidden = false;
    const { clientWidth, clientHeight } = document.documentElement;
    this.style.left = `${Math.max(8, Math.min(x, clientWidth - this.offsetWidth - 8))}px`;
    this.style.top = `${y + this.offsetHeight + 12 > clientHeight ? y - this.offsetHeight - 8 : y + 12}px`;
    this.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {string} id */
  row(id) {
    const button = document.createElement("button");
    const group = groupOf(id);
    const author = group?.querySelector(".note-author")?.textContent ?? "";
    const figure = group?.querySelector(".passage-quote .figures")?.textContent ?? "";
    const n = group ? notesIn(group) : 0;
    const words = document.createElement("q");
    words.dir = "auto";
    words.textContent = excerpt(group?.querySelector(".passage-quote q")?.textContent ?? "", 48);
    const line = document.createElement("span");
    line.textContent = say("chooser-row", { figure, author, n });
    button.type = "button";
    button.dataset.passage = id;
    button.append(line, words);
    return button;
  }

  /** @param {Event} event */
  choose(event) {
    const row = /** @type {HTMLElement} */ (event.target).closest("button");
    if (!row) return;
    this.hidden = true;
    this.chosen?.(row.dataset.passage ?? "");
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    const rows = [...this.querySelectorAll("button")];
    const at = rows.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      this.shut();
      this.from?.focus({ preventScroll: true });
    } else if (to !== undefined) {
      event.preventDefault();
      rows[(to + rows.length) % rows.length].focus();
    }
  }

  /** @param {Event} event */
  leave(event) {
    if (!this.contains(/** @type {Node} */ (event.target))) this.shut();
  }

  shut() {
    this.hidden = true;
  }
}

customElements.define("note-chooser", NoteChooser);
