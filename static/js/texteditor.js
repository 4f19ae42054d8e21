/** <text-editor>: a text edited as it reads. The field with its HTML is what is sent. */

const FOREIGN = "script, style, meta, link, title, iframe, object, embed, svg, video, audio, canvas";
const KEPT = new Set(["href", "lang", "dir", "title", "id", "src", "alt", "colspan", "rowspan", "start", "value"]);

class TextEditor extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.pane = /** @type {HTMLElement} */ (this.querySelector(".text-pane"));
    this.source = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    this.changed = false;
    this.pane.contentEditable = "true";
    document.execCommand("defaultParagraphSeparator", false, "p");
    this.choice.hidden = false;
    this.pane.addEventListener("input", () => (this.changed = true), { signal });
    this.pane.addEventListener("paste", (event) => this.paste(event), { signal });
    this.pane.addEventListener("drop", (event) => event.preventDefault(), { signal });
    this.choice.addEventListener("change", () => this.turn(), { signal });
    this.tools.addEventListener("mousedown", (event) => this.keepSelection(event), { signal });
    this.tools.addEventListener("click", (event) => this.act(event), { signal });
    this.tools.addEventListener("keydown", (event) => this.move(event), { signal });
    document.addEventListener("selectionchange", () => this.remember(), { signal });
    this.closest("form")?.addEventListener("submit", () => this.write(), { signal });
    addEventListener("beforeunload", (event) => this.dirty && !this.sent && event.preventDefault(), { signal });
    this.stand(true);
    this.buttons.forEach((button, i) => (button.tabIndex = i ? -1 : 0));
    document.getElementById("before-recording")?.focus({ preventScroll: false });
  }

  disconnectedCallback() {
    this.stop?.abort();
  }

  get choice() {
    return /** @type {HTMLElement} */ (this.querySelector(".pane-choice"));
  }

  get tools() {
    return /** @type {HTMLElement} */ (this.querySelector(".text-tools"));
  }

  get buttons() {
    return [...this.tools.querySelectorAll("button")];
  }

  get dirty() {
    return this.changed || this.source.value !== this.source.defaultValue;
  }

  /** Show the text as it reads, or its HTML. @param {boolean} reading */
  stand(reading) {
    this.pane.hidden = this.tools.hidden = !reading;
    /** @type {HTMLElement} */ (this.querySelector(".text-source")).hidden = reading;
  }

  /** Bring what was edited as it reads into the field that is sent. */
  write() {
    if (this.changed && !this.pane.hidden) this.source.value = this.pane.innerHTML;
    this.sent = true;
  }

  async turn() {
    const reading = /** @type {HTMLInputElement} */ (this.choice.querySelector(":checked")).value === "reading";
    if (!reading) {
      if (this.changed) this.source.value = (await this.cleaned(this.pane.innerHTML)) ?? this.pane.innerHTML;
      this.changed = false;
      return this.stand(false);
    }
    const html = await this.cleaned(this.source.value);
    if (html === null) {
      /** @type {HTMLInputElement} */ (this.choice.querySelector("[value=html]")).checked = true;
      return this.tell(this.dataset.failed ?? "");
    }
    this.pane.innerHTML = html;
    this.stand(true);
  }

  /** `html` as the archive would keep it. @param {string} html @returns {Promise<string | null>} */
  async cleaned(html) {
    const body = new FormData(/** @type {HTMLFormElement} */ (this.closest("form")));
    body.set("text", html);
    body.set("act", "clean");
    try {
      const response = await fetch(location.href, { method: "POST", body });
      return response.ok ? (await response.json()).html : null;
    } catch {
      return null;
    }
  }

  /** @param {string} message */
  tell(message) {
    const note = this.querySelector("[role=alert]") ?? this.insertBefore(document.createElement("p"), this.tools);
    note.setAttribute("role", "alert");
    note.textContent = message;
  }

  /** Pasted words keep their form, without dress; the server takes out the rest. @param {ClipboardEvent} event */
  paste(event) {
    const html = event.clipboardData?.getData("text/html");
    if (!html) return;
    event.preventDefault();
    const { body } = new DOMParser().parseFromString(html, "text/html");
    for (const element of body.querySelectorAll(FOREIGN)) element.remove();
    for (const element of body.querySelectorAll("*")) {
      for (const { name } of [...element.attributes]) if (!KEPT.has(name)) element.removeAttribute(name);
      if (element.matches("span:not([lang], [dir], [id])")) element.replaceWith(...element.childNodes);
    }
    const only = body.children.length === 1 && body.firstElementChild?.matches("p") ? body.firstElementChild : body;
    document.execCommand("insertHTML", false, only.innerHTML.trim());
  }

  remember() {
    const selection = document.getSelection();
    if (selection?.rangeCount && this.pane.contains(selection.anchorNode)) this.range = selection.getRangeAt(0);
  }

  /** @param {Event} event */
  keepSelection(event) {
    if (!(/** @type {Element} */ (event.target).closest("input, label"))) event.preventDefault();
  }

  /** @param {Event} event */
  act(event) {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button"));
    if (!button) return;
    this.pane.focus();
    if (this.range) document.getSelection()?.setBaseAndExtent(this.range.startContainer, this.range.startOffset, this.range.endContainer, this.range.endOffset);
    const { command, format } = button.dataset;
    const address = /** @type {HTMLInputElement} */ (this.querySelector("#link-address"));
    if (format) document.execCommand("formatBlock", false, format);
    else if (command) document.execCommand(command);
    else if (address.value) document.execCommand("createLink", false, address.value);
  }

  /** Arrows lead through the tools, as in every toolbar. @param {KeyboardEvent} event */
  move(event) {
    const buttons = this.buttons;
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) return;
    const next = buttons[(at + step * (this.matches(":dir(rtl)") ? -1 : 1) + buttons.length) % buttons.length];
    buttons.forEach((button) => (button.tabIndex = button === next ? 0 : -1));
    next.focus();
  }
}

customElements.define("text-editor", TextEditor);
