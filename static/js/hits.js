/** <search-hits>: from hit to hit without loading the page anew, and back to the bare text. */

import { announce } from "./words.js";

class SearchHits extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    this.addEventListener("click", (event) => this.follow(event), { signal: this.stop.signal });
  }

  disconnectedCallback() {
    this.stop?.abort();
  }

  /** @param {MouseEvent} event */
  follow(event) {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (link.hasAttribute("data-clear")) this.clear();
    else this.go(Number(link.dataset.step));
  }

  /** @param {number} step */
  go(step) {
    const count = Number(this.dataset.hits);
    const now = Number(this.dataset.hit);
    const hit = now ? ((now - 1 + step + count) % count) + 1 : step > 0 ? 1 : count;
    this.dataset.hit = String(hit);
    const told = /** @type {HTMLElement} */ (this.querySelector(".hits-count"));
    told.textContent = (told.dataset.label ?? "").replace("{n}", String(hit)).replace("{count}", String(count));
    const address = new URL(location.href);
    address.searchParams.set("hit", String(hit));
    address.hash = `hit-${hit}`;
    history.replaceState(history.state, "", address);
    for (const mark of document.querySelectorAll("mark[data-hit-now]")) mark.removeAttribute("data-hit-now");
    for (const mark of document.querySelectorAll(`mark[data-hit="${hit}"]`)) mark.setAttribute("data-hit-now", "");
    document.getElementById(`hit-${hit}`)?.scrollIntoView({ block: "center", behavior: "instant" });
    announce(told.textContent);
  }

  /** The text as it is without a search. */
  clear() {
    for (const mark of document.querySelectorAll("mark[data-hit]")) {
      mark.removeAttribute("data-hit");
      mark.removeAttribute("data-hit-now");
    }
    const address = new URL(location.href);
    for (const name of ["q", "hit"]) address.searchParams.delete(name);
    address.hash = "";
    history.replaceState(history.state, "", address);
    const held = this.contains(document.activeElement);
    const next = /** @type {HTMLElement | null} */ (this.parentElement?.querySelector("[data-notes-link]"));
    this.remove();
    if (held) next?.focus({ preventScroll: true });
  }
}

customElements.define("search-hits", SearchHits);
