/**
 * Forms of notes, wherever they open: drafts kept while typing, keys, trouble told in place, and
 * what follows a save. The words stay in their fields until the server has them.
 */

import { drafts } from "./drafts.js";
import { fill } from "./composer.js";
import { activate, groupOf, show } from "./passages.js";
import { announce, say } from "./words.js";
import { WIDE } from "./margin.js";

const mine = drafts(localStorage, document.body.dataset.user ?? "");
const composer = () => /** @type {any} */ (document.getElementById("compose"));
/** @param {EventTarget | null} from */
const formAt = (from) => /** @type {HTMLFormElement | null} */ (/** @type {Element} */ (from)?.closest?.(".note-form"));

let sent = ""; // the draft that is on its way

/** @param {HTMLFormElement} form */
function written(form) {
  const fields = ["body", "tags"].map((name) => [name, /** @type {any} */ (form.elements.namedItem(name))?.value ?? ""]);
  return Object.fromEntries(fields);
}

/** Close the form and leave its draft; it can be taken up again where it stood. @param {HTMLFormElement} form */
function putAside(form) {
  const target = form.dataset.draft ?? "";
  const kept = Object.values(written(form)).some((value) => value.trim());
  const words = composer()?.contains(form) ? composer().words : undefined;
  close(form);
  if (!kept || !target) return;
  document.dispatchEvent(new CustomEvent("draft-kept", { detail: { target, words } }));
}

/** @param {HTMLFormElement} form */
function close(form) {
  if (composer()?.contains(form)) return composer().shut(true);
  const note = form.closest(".note");
  form.parentElement?.replaceChildren();
  /** @type {HTMLElement} */ (note)?.focus({ preventScroll: true });
}

/** @param {HTMLFormElement} form @param {boolean} busy */
function setBusy(form, busy) {
  for (const button of form.querySelectorAll("[type=submit]")) button.setAttribute("aria-busy", String(busy));
}

/** @param {HTMLFormElement} form @param {string} sentence */
function tell(form, sentence) {
  const place = form.querySelector(".form-message");
  const line = document.createElement("p");
  line.className = "error";
  line.textContent = sentence;
  place?.replaceChildren(line);
}

/** A form has arrived, by request or from the page: give it its draft and the focus. @param {Element} root */
export function arrived(root) {
  const form = root.matches(".note-form") ? /** @type {HTMLFormElement} */ (root) : root.querySelector?.("form.note-form");
  if (!(form instanceof HTMLFormElement)) return;
  if (composer()?.contains(form)) composer().reveal();
  const draft = mine.read(form.dataset.draft ?? "");
  if (draft && !form.querySelector(".error")) fill(form, draft);
  if (!focusError(form)) form.querySelector("[name=body], button")?.focus({ preventScroll: WIDE.matches });
  form.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("notes-change"));
}

/** @param {Element} root */
function focusError(root) {
  const wrong = /** @type {HTMLElement | null} */ (root.querySelector("[aria-invalid=true]"));
  wrong?.focus();
  return Boolean(wrong);
}

/** @param {CustomEvent} event */
function saved({ detail: { id, message, undo } }) {
  if (sent) mine.drop(sent);
  sent = "";
  composer()?.shut(false);
  const note = document.getElementById(`note-${id}`);
  const group = note?.closest(".passage");
  if (group) {
    activate(group.id);
    const sheet = /** @type {any} */ (document.querySelector("note-sheet"));
    if (!WIDE.matches) sheet?.lift();
    note?.focus({ preventScroll: true });
    requestAnimationFrame(() => show(group.id, WIDE.matches ? 0 : sheet?.offsetHeight));
  }
  announce(message);
  document.dispatchEvent(new CustomEvent(undo ? "can-undo" : "notes-change", { detail: { message, undo } }));
}

/** @param {CustomEvent} event */
function failed(event) {
  const form = formAt(event.detail.elt);
  const { status = 0 } = event.detail.xhr ?? {};
  if (!form) return announce(say(status ? "refused" : "no-connection", { n: status }));
  tell(form, say(status === 0 ? "no-connection" : status === 429 ? "too-many" : "refused", { n: status }));
}

/** @param {KeyboardEvent} event */
function key(event) {
  const form = formAt(event.target);
  if (!form || event.defaultPrevented) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    putAside(form);
  }
}

/** @param {MouseEvent} event */
function click(event) {
  const target = /** @type {Element} */ (event.target).closest("[data-cancel], [data-keep-theirs], [data-edit-both]");
  const form = formAt(target);
  if (!target || !form) return;
  event.preventDefault();
  if (target.matches("[data-edit-both]")) {
    const box = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("[name=body]"));
    if (box) box.value = `${form.querySelector("[data-theirs]")?.textContent?.trim() ?? ""}\n\n${box.value}`;
    return box?.focus();
  }
  mine.drop(form.dataset.draft ?? "");
  close(form);
}

/** @param {AbortSignal} signal undoes everything */
export function watchForms(signal) {
  const body = document.body;
  body.addEventListener("input", ({ target }) => {
    const form = formAt(target);
    if (form?.dataset.draft) mine.keep(form.dataset.draft, written(form));
  }, { signal });
  body.addEventListener("keydown", key, { signal });
  body.addEventListener("click", click, { signal });
  body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    const form = formAt(detail.elt);
    if (!form || detail.elt !== form) return;
    sent = form.dataset.draft ?? "";
    setBusy(form, true);
  }, { signal });
  body.addEventListener("htmx:afterRequest", ({ detail }) => formAt(detail.elt) && setBusy(formAt(detail.elt), false), { signal });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) body.addEventListener(name, failed, { signal });
  body.addEventListener("htmx:load", ({ detail }) => arrived(detail.elt), { signal });
  body.addEventListener("note-saved", saved, { signal });
}
