/**
 * Passages with notes: where they stand in the text, and which one is in hand. Everything that
 * follows the reader's attention listens for "passage-change" on the document.
 */

let inHand = "";

export const region = () => /** @type {HTMLElement} */ (document.getElementById("reading"));
export const textBody = () => /** @type {HTMLElement} */ (document.getElementById("article-body"));
export const active = () => inHand;

/** The group that lists the notes of passage `id`. @param {string} id */
export const groupOf = (id) => (id ? document.getElementById(id) : null);

/** How many notes `element` shows, replies among them; what is left of a deleted one is none. @param {ParentNode} element */
export const notesIn = (element) => element.querySelectorAll(".note:not([data-deleted])").length;

/**
 * The marks of each passage, gathered once for each text and not anew for every card.
 * @type {WeakMap<HTMLElement, Map<string, HTMLElement[]>>}
 */
const gathered = new WeakMap();

/** The pieces of text under passage `id`, in reading order. @param {string} id */
export function piecesOf(id) {
  const body = textBody();
  let all = gathered.get(body);
  if (!all) {
    gathered.set(body, (all = new Map()));
    for (const mark of /** @type {NodeListOf<HTMLElement>} */ (body.querySelectorAll("mark[data-passages]"))) {
      for (const one of passagesAt(mark)) all.set(one, [...(all.get(one) ?? []), mark]);
    }
  }
  return all.get(id) ?? [];
}

/** The link that leads from the text to the notes of `id`. @param {string} id */
export const linkTo = (id) =>
  /** @type {HTMLElement | null} */ (region().querySelector(`a[data-passages~="${id}"]`));

/** The passages that are listed and not filtered away, in reading order. */
export function listed() {
  const whose = document.documentElement.dataset.notes ?? "all";
  const all = /** @type {HTMLElement[]} */ ([...region().querySelectorAll(".passage:not([hidden])")]);
  if (whose === "none") return [];
  return whose === "mine" ? all.filter((group) => group.querySelector(".thread[data-mine]")) : all;
}

/** @param {Element} element @returns {string[]} */
export const passagesAt = (element) => (element.getAttribute("data-passages") ?? "").split(" ").filter(Boolean);

/**
 * The first line of passage `id` in the window, or null when its words are gone.
 * @param {string} id
 */
export function firstLine(id) {
  const place = piecesOf(id)[0] ?? linkTo(id);
  return place?.getClientRects()[0] ?? null;
}

/**
 * Take passage `id` in hand; "" puts down whatever was.
 * @param {string} id
 */
export function activate(id) {
  for (const old of region().querySelectorAll("[data-active]")) old.removeAttribute("data-active");
  for (const old of region().querySelectorAll("a[aria-current]")) old.removeAttribute("aria-current");
  inHand = groupOf(id) ? id : "";
  if (inHand) {
    for (const piece of piecesOf(id)) piece.setAttribute("data-active", "");
    const group = groupOf(id);
    group?.setAttribute("data-active", "");
    for (const closed of ["data-folded", "data-tick"]) group?.removeAttribute(closed);
    linkTo(id)?.setAttribute("aria-current", "true");
  }
  drawEdge();
  document.dispatchEvent(new CustomEvent("passage-change", { detail: { id: inHand } }));
}

/** The bar at the text's edge, beside the lines of the passage in hand. */
export function drawEdge() {
  const bar = /** @type {HTMLElement | null} */ (region().querySelector(".edge-bar"));
  const pieces = inHand ? piecesOf(inHand) : [];
  if (!bar) return;
  bar.hidden = !pieces.length;
  if (!pieces.length || !bar.offsetParent) return;
  const origin = bar.offsetParent.getBoundingClientRect().top;
  const last = pieces[pieces.length - 1].getClientRects();
  const top = pieces[0].getClientRects()[0].top - origin;
  bar.style.insetBlockStart = `${top}px`;
  bar.style.blockSize = `${last[last.length - 1].bottom - origin - top}px`;
}

/**
 * Bring the words of `id` into the part of the window between `top` and `bottom`.
 * @param {string} id
 * @param {number} [hidden] height at the lower edge that something covers
 */
export function show(id, hidden = 0) {
  const line = firstLine(id);
  if (!line) return;
  const bar = document.querySelector(".reading-bar")?.getBoundingClientRect().height ?? 0;
  const bottom = window.innerHeight - hidden;
  if (line.top < bar + 8 || line.bottom > bottom - 24) {
    const third = bar + (bottom - bar) / 3;
    window.scrollBy({ top: line.top - third, behavior: "instant" });
  }
}

/**
 * Take the next passage in hand, or the previous one; without one in hand, the first in view.
 * @param {1 | -1} way
 * @returns {string} its id, "" when there is none
 */
export function step(way) {
  const all = listed().map((group) => group.id).filter((id) => firstLine(id));
  let next = all.indexOf(inHand) + way;
  if (!all.includes(inHand)) {
    const seen = all.findIndex((id) => (firstLine(id)?.bottom ?? 0) > 60);
    next = way > 0 ? seen : (seen < 0 ? all.length : seen) - 1;
  }
  const id = all[Math.min(Math.max(next, 0), all.length - 1)] ?? "";
  if (id) activate(id);
  return id;
}
