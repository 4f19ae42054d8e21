/** <note-composer>: a new note on selected words, written beside them or in a sheet on phones. */

import { drafts } from "./drafts.js";
import { enterLayer, leaveLayer } from "./layers.js";
import { region, textBody } from "./passages.js";
import { markPending, rangeOf, select } from "./selection.js";
import { WIDE } from "./margin.js";

/** @typedef {import("./selection.js").Selected} Selected */

const MOTIVATIONS = { comment: "commenting", tag: "tagging", highlight: "highlighting" };
const mine = drafts(localStorage, document.body.dataset.user ?? "");

class NoteComposer extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    /** @type {Selected | null} */
    this.words = null;
    document.addEventListener("annotate", (event) => this.begin(/** @type {CustomEvent} */ (event).detail), { signal });
    this.addEventListener("change", (event) => this.remember(event), { signal });
  }

  disconnectedCallback() {
    this.stop?.abort();
    markPending(null);
  }

  /** @param {{act: string, words: Selected | null}} what */
  begin({ act, words }) {
    const form = this.form(act, words);
    if (!form) return;
    this.words = words;
    if (act === "highlight") return this.saveAtOnce(form);
    this.from = /** @type {HTMLElement} */ (document.activeElement);
    this.replaceChildren(form);
    htmx.process(this);
    this.reveal();
    const field = form.querySelector(act === "tag" ? "[name=tags]" : words ? "[name=body]" : "[name=quote]");
    /** @type {HTMLElement} */ (field)?.focus({ preventScroll: true });
    if (!words && /** @type {any} */ (field)?.value) field?.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => this.keepInView());
  }

  /** Also when a highlight, saved without a form, meets trouble that needs one. */
  reveal() {
    if (!this.hidden) return;
    this.hidden = false;
    markPending(this.words && rangeOf(textBody(), this.words));
    if (!WIDE.matches) enterLayer("composer", () => this.shut(true));
    document.dispatchEvent(new CustomEvent("composer-change"));
  }

  /** The page's form with the words filled in, and what was drafted for them before. */
  form(act, words) {
    const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("composer"));
    const copy = /** @type {DocumentFragment | undefined} */ (template?.content.cloneNode(true));
    const form = copy?.querySelector("form");
    if (!form) return null;
    const { slug = "" } = this.article.dataset;
    const target = words ? `${words.start}-${words.end}` : "new";
    form.dataset.draft = `${slug}:${target}`;
    fill(form, {
      motivation: MOTIVATIONS[act] ?? "commenting",
      revision: region().dataset.revision ?? "",
      start: words ? String(words.start) : "",
      end: words ? String(words.end) : "",
      quote: words?.quote ?? "",
      submission: newId(),
      audience: mine.audience(slug) ?? "",
      ...(act === "highlight" ? {} : mine.read(form.dataset.draft)),
    });
    const quote = /** @type {HTMLElement} */ (form.querySelector("[data-quote]"));
    quote.textContent = words?.quote ?? "";
    quote.hidden = !words;
    /** @type {HTMLElement} */ (form.querySelector("[data-pick]")).hidden = Boolean(words);
    return form;
  }

  /** A highlight has no words of its own: it is saved without a form. @param {HTMLFormElement} form */
  saveAtOnce(form) {
    document.getSelection()?.removeAllRanges();
    this.replaceChildren(form);
    htmx.process(this);
    form.requestSubmit();
  }

  get article() {
    return /** @type {HTMLElement} */ (this.closest("[data-slug]"));
  }

  /** Where the margin should put this card: level with the words. */
  wanted() {
    const body = textBody();
    if (!this.words) return body.getBoundingClientRect().top;
    return rangeOf(body, this.words).getClientRects()[0]?.top ?? body.getBoundingClientRect().top;
  }

  /** Neither the words nor, in the margin, the save button may lie outside the window. */
  keepInView() {
    const box = this.getBoundingClientRect();
    const top = this.wanted() - 60;
    const over = WIDE.matches ? Math.min(box.bottom + 16 - window.innerHeight, box.top - 60) : 0;
    const covered = WIDE.matches || box.top < 120 ? window.innerHeight : box.top;
    if (over > 0) window.scrollBy({ top: over, behavior: "instant" });
    else if (this.words && (top < 0 || top > covered - 90)) window.scrollBy({ top, behavior: "instant" });
  }

  /** A chosen audience holds for this article until log-out. @param {Event} event */
  remember(event) {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.name === "audience") mine.chooseAudience(this.article.dataset.slug ?? "", field.value);
  }

  /** @param {boolean} toText whether the reader goes back to the words */
  shut(toText) {
    if (this.hidden) return this.replaceChildren();
    this.hidden = true;
    this.replaceChildren();
    markPending(null);
    leaveLayer("composer");
    document.dispatchEvent(new CustomEvent("composer-change"));
    if (!toText) return;
    if (this.words) select(textBody(), this.words);
    if (this.from?.isConnected) this.from.focus({ preventScroll: true });
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 */
export function fill(form, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = /** @type {HTMLInputElement | RadioNodeList | null} */ (form.elements.namedItem(name));
    if (field && (value || !(field instanceof RadioNodeList))) field.value = value;
  }
}

/** A random UUID; crypto.randomUUID exists on HTTPS and loopback alone. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (Number(digit) ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (Number(digit) / 4)))).toString(16));
}

customElements.define("note-composer", NoteComposer);
