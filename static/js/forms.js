/**
 * Forms of notes, wherever they open: drafts kept while typing, keys, and closing without losing
 * a word. What happens when they are sent is in sending.js.
 */

import { fill } from "./composer.js";
import { drafts, said } from "./drafts.js";
import { WIDE } from "./margin.js";
import { composer, formAt } from "./sending.js";

const mine = drafts(localStorage, document.body.dataset.user ?? "");

/** @param {HTMLFormElement} form */
function written(form) {
  const fields = ["body", "tags", "quote"].map((name) => [name, /** @type {any} */ (form.elements.namedItem(name))?.value ?? ""]);
  return Object.fromEntries(fields);
}

/** Close the form and leave its draft; it can be taken up again where it stood. @param {HTMLFormElement} form */
function putAside(form) {
  const target = form.dataset.draft ?? "";
  const kept = said(written(form));
  const words = composer()?.contains(form) ? composer().words : undefined;
  close(form);
  if (kept && target) document.dispatchEvent(new CustomEvent("draft-kept", { detail: { target, words } }));
}

/** @param {HTMLFormElement} form */
function close(form) {
  if (composer()?.contains(form)) return composer().shut(true);
  const note = form.closest(".note");
  form.parentElement?.replaceChildren();
  /** @type {HTMLElement} */ (note)?.focus({ preventScroll: true });
  document.dispatchEvent(new CustomEvent("notes-change"));
}

/** A form has come from the server: give it its draft and the focus. @param {Element} root */
function arrived(root) {
  if (root === document.body) return; // htmx says so once of the whole page, a moment after it has loaded
  const form = root.matches("form.note-form") ? root : root.querySelector?.("form.note-form");
  if (!(form instanceof HTMLFormElement)) return;
  if (composer()?.contains(form)) composer().reveal();
  const draft = mine.read(form.dataset.draft ?? "");
  if (draft && !form.querySelector(".error")) fill(form, draft);
  const wrong = /** @type {HTMLElement | null} */ (form.querySelector("[aria-invalid=true]"));
  const first = /** @type {HTMLElement | null} */ (form.querySelector("[name=body], button"));
  (wrong ?? first)?.focus({ preventScroll: WIDE.matches });
  form.scrollIntoView({ block: "nearest" });
  document.dispatchEvent(new CustomEvent("notes-change"));
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
  body.addEventListener("htmx:load", ({ detail }) => arrived(detail.elt), { signal });
}
