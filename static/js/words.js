/**
 * What scripts say. The sentences are the server's, translated, in <template id="words">; nothing
 * here is in any language. A sentence with a number has one element for each plural form.
 */

const plurals = new Intl.PluralRules(document.documentElement.lang || "en");

/**
 * The sentence called `name`, with `{n}` and other placeholders filled in.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function say(name, values = {}) {
  const words = /** @type {HTMLTemplateElement} */ (document.getElementById("words"));
  const form = "n" in values ? plurals.select(Number(values.n)) : "other";
  const all = [...words.content.querySelectorAll(`[data-name="${name}"]`)];
  const found = all.find((one) => one.getAttribute("data-form") === form) ?? all.at(-1);
  if (!found) throw new Error(`No words for “${name}”`);
  return (found.textContent ?? "").replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
}

/**
 * Have `sentence` read out politely, also when it is the same as before.
 * @param {string} sentence
 */
export function announce(sentence) {
  const live = document.getElementById("live");
  if (!live) return;
  live.textContent = "";
  setTimeout(() => (live.textContent = sentence), 50);
}
