/** <import-progress>: shows anew how far an import is, until it is read or paused. */

const EVERY = 1000;
const NO_MORE = 286; // the server's "ask no more"

class ImportProgress extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.look(), EVERY);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async look() {
    if (this.busy || document.hidden) return;
    this.busy = true;
    try {
      const answer = await fetch(this.dataset.url ?? "", { headers: { Accept: "text/html" } });
      if (answer.ok) this.show(await answer.text());
      if (answer.status === NO_MORE || !answer.ok) clearInterval(this.timer);
    } catch {
      // Without a connection it asks again in a second.
    } finally {
      this.busy = false;
    }
  }

  /** Show `html`, and leave the focus and what was ticked as they were. @param {string} html */
  show(html) {
    if (html === this.shown) return;
    this.shown = html;
    const focused = this.contains(document.activeElement) ? nameOf(document.activeElement) : "";
    const ticked = [...this.querySelectorAll("input:checked")].map(nameOf);
    this.innerHTML = html;
    for (const one of this.querySelectorAll("input")) one.checked ||= ticked.includes(nameOf(one));
    this.dispatchEvent(new Event("change", { bubbles: true }));
    const again = focused && [...this.querySelectorAll("a, button, input")].find((one) => nameOf(one) === focused);
    if (again) /** @type {HTMLElement} */ (again).focus({ preventScroll: true });
  }
}

/** @param {Element | null} one */
function nameOf(one) {
  return one?.getAttribute("href") ?? `${one?.getAttribute("name")}=${one?.getAttribute("value")}`;
}

customElements.define("import-progress", ImportProgress);
