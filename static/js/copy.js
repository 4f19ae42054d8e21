/** "Copy quote", with the citation and disclaimer that go along, and "Copy link". */

import { region } from "./passages.js";
import { withCitation } from "./quote.js";
import { announce, say } from "./words.js";

/** @typedef {import("./selection.js").Selected} Selected */

/** The address under which the server marks these words. @param {Selected} span */
export async function addressOf(span) {
  const { passageUrl = "", revision = "" } = region().dataset;
  const query = new URLSearchParams({ start: String(span.start), end: String(span.end), revision });
  const answer = await fetch(`${passageUrl}?${query}`, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no address: ${answer.status}`);
  return new URL((await answer.json()).url, location.href).href;
}

/** @param {Selected} span @param {HTMLElement} button */
export async function copyQuote(span, button) {
  const { citation = "", disclaimer = "" } = region().dataset;
  const address = await addressOf(span).catch(() => location.href.split(/[?#]/)[0]);
  await copy(withCitation(span.quote, { citation, disclaimer, address }), button, "quote-copied");
}

/** @param {Selected} span @param {HTMLElement} button */
export async function copyLink(span, button) {
  try {
    await copy(await addressOf(span), button, "link-copied");
  } catch {
    announce(say("no-connection-link"));
  }
}

/**
 * Put `text` on the clipboard and say so, on the button and aloud.
 * @param {string} text
 * @param {HTMLElement} button
 * @param {string} words
 */
export async function copy(text, button, words) {
  const done = await toClipboard(text);
  announce(say(done ? words : "not-copied"));
  button.toggleAttribute("data-done", done);
  setTimeout(() => button.removeAttribute("data-done"), 2000);
}

/** @param {string} text */
async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

/** Without HTTPS browsers offer only the old command. @param {string} text */
function copyByCommand(text) {
  /** @param {ClipboardEvent} event */
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData?.setData("text/plain", text);
  };
  document.addEventListener("copy", fill, { once: true });
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", fill);
  }
}
