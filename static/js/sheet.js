/**
 * <note-sheet>: below 68rem the list of notes comes up over the page on demand: as a panel at the
 * side, or below 48rem as a sheet at the lower edge in three sizes. It is the same list, lifted.
 */

import { coverAll, enterLayer, isOpen, leaveLayer } from "./layers.js";
import { activate, active, groupOf, linkTo, listed, notesIn, region, show, step } from "./passages.js";
import { WIDE } from "./margin.js";
import { announce, say } from "./words.js";

const PHONE = matchMedia("(max-width: 47.99rem)");
const SIZES = ["peek", "half", "full"];

/** How the list was lifted when it was replaced by a newer one, which then takes its place. */
let left = { all: false, size: "" };

class NoteSheet extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.bar = /** @type {HTMLElement} */ (this.querySelector(".sheet-bar"));
    this.addEventListener("click", (event) => this.press(event), { signal });
    this.bar.addEventListener("pointerdown", (event) => this.drag(event), { signal });
    this.addEventListener("focusin", () => this.size === "peek" && this.resize("half"), { signal });
    document.addEventListener("passage-change", () => this.open && this.title(), { signal });
    for (const query of [WIDE, PHONE]) query.addEventListener("change", () => this.shut(false), { signal });
    if (isOpen("sheet")) queueMicrotask(() => this.lift(left));
  }

  disconnectedCallback() {
    this.stop?.abort();
    this.uncover?.();
    left = { all: this.hasAttribute("data-all"), size: this.size ?? "" };
  }

  get open() {
    return this.hasAttribute("data-open");
  }

  get size() {
    return this.getAttribute("data-open");
  }

  /**
   * Lift the notes of the passage in hand, or all of them.
   * @param {{all?: boolean, size?: string}} [how]
   */
  lift({ all = false, size = "half" } = {}) {
    if (WIDE.matches) return;
    // The page must not shrink under the reader when the list leaves its place at the end.
    region().style.minBlockSize ||= `${region().offsetHeight}px`;
    this.toggleAttribute("data-all", all || !active());
    enterLayer("sheet", () => this.shut(true));
    this.resize(PHONE.matches ? size : "panel");
    this.title();
    announce(this.bar.querySelector(".sheet-title")?.textContent ?? "");
  }

  /** @param {string} size */
  resize(size) {
    this.setAttribute("data-open", size);
    for (const button of this.bar.querySelectorAll("[data-sheet]")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-sheet") === size));
    }
    this.uncover?.();
    this.uncover = undefined;
    const modal = size === "full";
    if (modal) {
      this.setAttribute("role", "dialog");
      this.setAttribute("aria-modal", "true");
      this.setAttribute("aria-label", say("notes"));
      this.uncover = coverAll(this);
      if (!this.contains(document.activeElement)) this.button("[data-close]")?.focus({ preventScroll: true });
    } else {
      for (const name of ["role", "aria-modal", "aria-label"]) this.removeAttribute(name);
      if (active()) requestAnimationFrame(() => show(active(), PHONE.matches ? this.offsetHeight : 0));
    }
  }

  /** @param {string} selector */
  button(selector) {
    return /** @type {HTMLElement | null} */ (this.bar.querySelector(selector));
  }

  /** "3 notes here" of the passage in hand, or of the whole page. */
  title() {
    const group = this.hasAttribute("data-all") ? null : groupOf(active());
    const n = notesIn(group ?? this);
    const title = this.bar.querySelector(".sheet-title");
    if (title) title.textContent = say(group ? "notes-here" : "notes-all", { n });
    const at = listed().findIndex((one) => one.id === active());
    this.button("[data-step='-1']")?.toggleAttribute("aria-disabled", at === 0);
  }

  /** Put the list back and return to the words it belongs to. @param {boolean} toText */
  shut(toText) {
    if (!this.open) return;
    this.uncover?.();
    for (const name of ["data-open", "data-all", "role", "aria-modal", "aria-label"]) this.removeAttribute(name);
    region().style.minBlockSize = "";
    leaveLayer("sheet");
    const back = linkTo(active()) ?? document.querySelector("[data-notes-link]");
    if (active()) show(active());
    if (toText) /** @type {HTMLElement} */ (back)?.focus({ preventScroll: true });
  }

  /** @param {Event} event */
  press(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button, [data-back]");
    if (!button || !this.open) return;
    const { sheet, step: way, close } = /** @type {HTMLElement} */ (button).dataset;
    if (sheet) this.resize(sheet);
    else if (way) this.turn(way === "1" ? 1 : -1);
    else if (close !== undefined) this.shut(true);
  }

  /** @param {1 | -1} way */
  turn(way) {
    this.removeAttribute("data-all");
    if (!step(way)) return;
    this.querySelector(".note-list")?.scrollTo({ top: 0 });
    if (this.size !== "full") show(active(), PHONE.matches ? this.offsetHeight : 0);
    announce(this.bar.querySelector(".sheet-title")?.textContent ?? "");
  }

  /** The sheet follows the finger and then takes the nearest of its sizes. @param {PointerEvent} event */
  drag(event) {
    if (!PHONE.matches || /** @type {Element} */ (event.target).closest("button")) return;
    const from = event.clientY;
    const height = this.offsetHeight;
    this.bar.setPointerCapture(event.pointerId);
    const moves = new AbortController();
    const { signal } = moves;
    /** @param {PointerEvent} move */
    const follow = (move) => this.style.setProperty("--drag", `${Math.max(48, height + from - move.clientY)}px`);
    const settle = () => {
      moves.abort();
      const share = this.offsetHeight / window.innerHeight;
      this.style.removeProperty("--drag");
      if (share < 0.08) this.shut(true);
      else this.resize(SIZES[share < 0.25 ? 0 : share < 0.72 ? 1 : 2]);
    };
    this.bar.addEventListener("pointermove", follow, { signal });
    for (const end of ["pointerup", "pointercancel"]) this.bar.addEventListener(end, settle, { signal });
  }
}

customElements.define("note-sheet", NoteSheet);
