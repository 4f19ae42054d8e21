/** Words taken out of a text: trimmed, shortened, and with the citation that goes along. Pure. */

/**
 * The span without its outer white space, in UTF-16 units, or null when nothing is left. A word
 * cut in half stays cut: what was selected is never widened.
 * @param {string} text
 * @param {{start: number, end: number}} span
 */
export function trimmed(text, { start, end }) {
  const words = text.slice(start, end);
  const lead = words.length - words.trimStart().length;
  const tail = words.length - words.trimEnd().length;
  return lead === words.length ? null : { start: start + lead, end: end - tail };
}

/**
 * The first words of `text` on one line, with an ellipsis when more follow.
 * @param {string} text
 * @param {number} [longest] in characters
 */
export function excerpt(text, longest = 60) {
  const line = text.trim().replace(/\s+/g, " ");
  if (line.length <= longest) return line;
  const cut = line.slice(0, longest + 1);
  const space = cut.lastIndexOf(" ");
  return `${(space > longest / 2 ? cut.slice(0, space) : line.slice(0, longest)).trimEnd()}…`;
}

/**
 * What "Copy quote" puts on the clipboard: the words, where they are from, and what must go along.
 * @param {string} words
 * @param {{citation: string, disclaimer: string, address: string}} source
 */
export function withCitation(words, { citation, disclaimer, address }) {
  const cited = citation.includes(address) ? citation : `${citation} ${address}`.trim();
  return [`“${words}”`, cited, disclaimer].filter(Boolean).join("\n\n");
}
