/**
 * What scripts say. The sentences are the server's, translated, in <template id="words">; nothing
 * here is in any language. A sentence with a number has one element for each plural form, with a
 * number that takes this form in data-n.
 */

const plurals = new Intl.PluralRules(document.documentElement.lang || "en");

/**
 * The sentence called `name`, with `{n}` and other placeholders filled in.
 * @param {string} name
 * @param {Record<string, string | number>} [values]
 */
export function say(name, values = {}) {
  const words = /** @type {HTMLTemplateElement} */ (document.getElementById("words"));
  const all = /** @type {HTMLElement[]} */ ([...words.content.querySelectorAll(`[data-name="${name}"]`)]);
  const form = plurals.select(Number(values.n ?? 0));
  const found = all.find(({ dataset }) => plurals.select(Number(dataset.n)) === form) ?? all.at(-1);
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
