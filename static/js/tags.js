/** <tag-box>: completes the last of several comma-separated tags from those the writer may see. */

import { announce, say } from "./words.js";

const SETTLES_AFTER = 150;
let made = 0;

class TagBox extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input) return;
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.input = input;
    this.list = document.createElement("ul");
    this.list.id = `tags-${++made}`;
    this.list.className = "tag-choices plain-list panel";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels?.[0]?.textContent?.trim() ?? "");
    this.list.hidden = true;
    this.append(this.list);
    this.at = -1;
    // It stays a text box, as programs know it, and not a combobox; the offer is announced instead.
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.later(), { signal });
    input.addEventListener("keydown", (event) => this.key(event), { signal });
    input.addEventListener("blur", () => this.shut(), { signal });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the box keeps the focus
      const row = /** @type {Element} */ (event.target).closest("li");
      if (row) this.take(row.dataset.name ?? "");
    }, { signal });
  }

  disconnectedCallback() {
    this.stop?.abort();
    clearTimeout(this.timer);
    this.list?.remove();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.suggest(), SETTLES_AFTER);
  }

  get beginning() {
    return this.input?.value.split(",").at(-1)?.trim() ?? "";
  }

  async suggest() {
    const asked = this.beginning;
    if (!asked) return this.shut();
    try {
      const answer = await fetch(`${this.dataset.url}?${new URLSearchParams({ q: asked, definitions: "" })}`);
      const tags = answer.ok ? await answer.json() : [];
      // An answer that comes late neither opens a list nor talks over "Note saved".
      if (asked !== this.beginning || document.activeElement !== this.input) return;
      this.offer(tags);
    } catch {
      this.shut(); // without a connection tags can still be typed
    }
  }

  /** @param {{ name: string, definition: string }[]} tags */
  offer(tags) {
    const chosen = new Set(this.input?.value.split(",").slice(0, -1).map((tag) => tag.trim().toLowerCase()));
    const rows = tags.filter(({ name }) => !chosen.has(name.toLowerCase())).slice(0, 8).map((tag, i) => {
      const row = document.createElement("li");
      row.id = `${this.list?.id}-${i}`;
      row.setAttribute("role", "option");
      row.dir = "auto";
      row.dataset.name = row.textContent = tag.name;
      if (tag.definition) {
        const explained = row.appendChild(document.createElement("span"));
        explained.className = "tag-definition";
        explained.textContent = tag.definition;
      }
      return row;
    });
    this.at = -1;
    this.list?.replaceChildren(...rows);
    if (this.list) this.list.hidden = !rows.length;
    if (rows.length) announce(say("tags-offered", { n: rows.length }));
    this.input?.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const rows = [...(this.list?.children ?? [])];
    if (this.list?.hidden || !rows.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length;
      rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === this.at)));
      this.input?.setAttribute("aria-activedescendant", rows[this.at].id);
    } else if (event.key === "Enter" && this.at >= 0 && !event.ctrlKey && !event.metaKey) {
      this.take(rows[this.at].dataset.name ?? "");
    } else if (event.key === "Escape") {
      event.stopPropagation(); // the list closes first, the form with the next
      this.shut();
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {string} name */
  take(name) {
    if (!this.input) return;
    const before = this.input.value.split(",").slice(0, -1).map((tag) => tag.trim());
    this.input.value = `${[...before, name].join(", ")}, `;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
    this.shut();
  }

  shut() {
    this.offer([]);
  }
}

customElements.define("tag-box", TagBox);
