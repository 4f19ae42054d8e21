/** <bulk-choice>: says how many documents are chosen, and chooses a whole page at once. */

class BulkChoice extends HTMLElement {
  connectedCallback() {
    this.page = /** @type {HTMLInputElement | null} */ (this.querySelector("[data-page]"));
    this.all = /** @type {HTMLInputElement | null} */ (this.querySelector("[data-all]"));
    this.summary = /** @type {HTMLElement | null} */ (this.querySelector("[data-summary]"));
    this.page?.closest("label")?.removeAttribute("hidden");
    this.changed = (/** @type {Event} */ event) => this.follow(event.target);
    this.addEventListener("change", this.changed);
    this.follow(null);
  }

  disconnectedCallback() {
    this.removeEventListener("change", this.changed);
  }

  /** Every check box of the list. */
  boxes() {
    return /** @type {HTMLInputElement[]} */ ([...this.querySelectorAll("input[name=item]")]);
  }

  /** Tell how many are chosen, after `target` changed. @param {EventTarget | null} target */
  follow(target) {
    const boxes = this.boxes();
    if (this.page && target === this.page) for (const one of boxes) one.checked = this.page.checked;
    const count = boxes.filter((one) => one.checked).length;
    if (this.page) {
      this.page.checked = count > 0 && count === boxes.length;
      this.page.indeterminate = count > 0 && count < boxes.length;
    }
    const chosen = this.all?.checked ? (this.all.dataset.all ?? "") : String(count);
    const words = (this.summary?.dataset.words ?? "%s").replace("%s", chosen);
    if (this.summary && this.summary.textContent !== words) this.summary.textContent = words;
  }
}

customElements.define("bulk-choice", BulkChoice);
