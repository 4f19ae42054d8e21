/** The filter above the list: whose notes, what kind, which tag. Marks without notes left lose their fill. */

import { passagesAt, region } from "./passages.js";
import { choose } from "./settings.js";

/** @param {string} name */
const field = (name) => /** @type {HTMLSelectElement | null} */ (region().querySelector(`[data-filter=${name}]`));

/** @param {Element} thread */
const tagsOf = (thread) => [...thread.querySelectorAll(".note-tags li")].map((tag) => tag.textContent ?? "");

/** @param {HTMLSelectElement | null} select @param {Iterable<string>} values */
function offer(select, values) {
  if (!select || select.options.length > 1) return;
  const sorted = [...new Set(values)].filter(Boolean).sort((a, b) => a.localeCompare(b));
  for (const value of sorted) select.add(new Option(value, value));
  /** @type {HTMLElement} */ (select.closest("label")).hidden = sorted.length < 2;
}

/** What was chosen holds when the list is replaced by a newer one. @type {Record<string, string>} */
const chosen = { kind: "", tag: "" };

/** Fill the choices with what is on the page. */
export function prepareFilter() {
  const threads = [...region().querySelectorAll(".thread")];
  offer(field("kind"), threads.map((thread) => thread.getAttribute("data-kind") ?? ""));
  offer(field("tag"), threads.flatMap(tagsOf));
  for (const name of ["kind", "tag"]) {
    const select = field(name);
    if (!select || !chosen[name]) continue;
    select.value = chosen[name];
    if (select.selectedIndex < 0) select.value = chosen[name] = ""; // the last note of its kind is gone
    else select.closest("details")?.setAttribute("open", "");
  }
  if (chosen.kind || chosen.tag) apply();
  const whose = field("whose");
  if (whose) whose.value = document.documentElement.dataset.notes ?? "all";
}

function apply() {
  const kind = field("kind")?.value ?? "";
  const tag = field("tag")?.value ?? "";
  for (const thread of /** @type {NodeListOf<HTMLElement>} */ (region().querySelectorAll(".thread"))) {
    thread.hidden = Boolean((kind && thread.dataset.kind !== kind) || (tag && !tagsOf(thread).includes(tag)));
  }
  const empty = new Set();
  for (const group of /** @type {NodeListOf<HTMLElement>} */ (region().querySelectorAll(".passage"))) {
    group.hidden = !group.querySelector(".thread:not([hidden])");
    if (group.hidden) empty.add(group.id);
  }
  for (const place of region().querySelectorAll("[data-passages]")) {
    place.toggleAttribute("data-off", passagesAt(place).every((id) => empty.has(id)));
  }
  document.dispatchEvent(new CustomEvent("notes-change"));
}

/** Let go of kind and tag, so that `note` is seen if they hid it. @param {Element | null} note */
export function unfilter(note) {
  if (!note?.closest("[hidden]")) return;
  for (const name of ["kind", "tag"]) {
    const select = field(name);
    if (select) select.value = chosen[name] = "";
  }
  apply();
}

/** @param {AbortSignal} signal undoes everything */
export function watchFilter(signal) {
  document.addEventListener("change", ({ target }) => {
    const select = /** @type {HTMLElement} */ (target);
    if (!select.matches?.("[data-filter]")) return;
    if (select.dataset.filter === "whose") choose("notes", /** @type {HTMLSelectElement} */ (select).value);
    else {
      chosen[select.dataset.filter ?? ""] = /** @type {HTMLSelectElement} */ (select).value;
      apply();
    }
  }, { signal });
}
