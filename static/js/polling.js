/** <new-notes>: asks now and then for others' notes and offers them; nothing moves unasked. */

import { active, activate, linkTo, region } from "./passages.js";
import { announce, say } from "./words.js";

const EVERY = 30_000;

class NewNotes extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.timer = setInterval(() => this.ask(), EVERY);
    document.addEventListener("visibilitychange", () => document.hidden || this.ask(), { signal });
    // A write of our own brings others' notes along.
    document.addEventListener("region-replaced", () => this.shut(), { signal });
    this.querySelector("button")?.addEventListener("click", () => this.show(), { signal });
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearInterval(this.timer);
  }

  async ask() {
    if (document.hidden) return;
    const { url = "", etag = "" } = region().dataset;
    try {
      const answer = await fetch(`${url}${location.search}`, {
        headers: { "If-None-Match": this.seen ?? `"${etag}"`, "HX-Request": "true" },
        cache: "no-store",
        signal: this.stop?.signal,
      });
      if (answer.status === 200) this.compare(await answer.text(), answer.headers.get("ETag") ?? "");
    } catch {
      // Without a connection there is nothing new to offer; the next turn asks again.
    }
  }

  /** @param {string} html @param {string} etag */
  compare(html, etag) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("reading");
    if (!fresh) return;
    const here = new Set([...region().querySelectorAll(".note")].map((note) => note.id));
    const n = [...fresh.querySelectorAll(".note")].filter((note) => !here.has(note.id)).length;
    this.seen = etag;
    this.fresh = fresh;
    const button = this.querySelector("button");
    if (!button) return;
    const words = say(n ? "new-notes" : "notes-changed", { n });
    if (!this.hidden && button.textContent === words) return;
    button.textContent = words;
    this.hidden = false;
    announce(words);
  }

  show() {
    const { fresh } = this;
    if (!fresh) return;
    const kept = active();
    const added = new Set([...region().querySelectorAll(".note")].map((note) => note.id));
    const node = document.importNode(fresh, true);
    region().replaceWith(node);
    htmx.process(node);
    document.dispatchEvent(new CustomEvent("region-replaced"));
    activate(kept);
    this.shut();
    const first = [...node.querySelectorAll(".note")].find((note) => !added.has(note.id));
    const place = first ?? linkTo(kept) ?? document.querySelector("[data-notes-link]");
    /** @type {HTMLElement | null} */ (place)?.focus({ preventScroll: true });
    announce(say("notes-shown"));
  }

  shut() {
    this.hidden = true;
    this.fresh = this.seen = undefined;
  }
}

customElements.define("new-notes", NewNotes);
