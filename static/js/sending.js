/** What follows when a form of a note is sent: busy, saved, refused, or no answer at all. */

import { drafts } from "./drafts.js";
import { unfilter } from "./filter.js";
import { WIDE } from "./margin.js";
import { activate, show } from "./passages.js";
import { announce, say } from "./words.js";

const mine = drafts(localStorage, document.body.dataset.user ?? "");
/** @param {EventTarget | null} from */
export const formAt = (from) => /** @type {HTMLFormElement | null} */ (/** @type {Element} */ (from)?.closest?.(".note-form"));
export const composer = () => /** @type {any} */ (document.getElementById("compose"));

let sent = ""; // the draft that is on its way

/** @param {HTMLFormElement | null} form @param {boolean} busy */
function setBusy(form, busy) {
  for (const button of form?.querySelectorAll("[type=submit]") ?? []) button.setAttribute("aria-busy", String(busy));
}

/** @param {CustomEvent} event */
function sending({ detail }) {
  const form = formAt(detail.elt);
  if (!form || detail.elt !== form) return;
  sent = form.dataset.draft ?? "";
  setBusy(form, true);
}

/**
 * A log-in in another tab changes the token of this browser; a form opened before would be refused.
 * @param {CustomEvent} event
 */
function freshToken({ detail }) {
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (!token || detail.verb === "get") return;
  detail.headers["X-CSRFToken"] = token;
  if (detail.parameters.csrfmiddlewaretoken) detail.parameters.csrfmiddlewaretoken = token;
}

/** @param {CustomEvent} event */
function saved({ detail: { id, message, undo } }) {
  if (sent) mine.drop(sent);
  sent = "";
  composer()?.shut(false);
  const note = document.getElementById(`note-${id}`);
  unfilter(note);
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

/** The sentence stands in the form, above the words that were not sent. @param {CustomEvent} event */
function failed(event) {
  const form = formAt(event.detail.elt);
  const { status = 0 } = event.detail.xhr ?? {};
  const sentence = say(status === 0 ? "no-connection" : status === 429 ? "too-many" : "refused", { n: status });
  if (!form) return announce(sentence);
  if (composer()?.contains(form)) composer().reveal();
  const line = document.createElement("p");
  line.className = "error";
  line.textContent = sentence;
  form.querySelector(".form-message")?.replaceChildren(line);
}

/** @param {AbortSignal} signal undoes everything */
export function watchSending(signal) {
  const body = document.body;
  body.addEventListener("htmx:configRequest", freshToken, { signal });
  body.addEventListener("htmx:beforeRequest", sending, { signal });
  body.addEventListener("htmx:afterRequest", ({ detail }) => setBusy(formAt(detail.elt), false), { signal });
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
    body.addEventListener(name, failed, { signal });
  }
  body.addEventListener("note-saved", saved, { signal });
}
