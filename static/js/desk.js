/** The editors' desk: names for the boxes that Django's own scripts and pages leave without one. */

/** The box that stands for a field with suggestions is called what the field is called. */
function nameBoxes() {
  for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (document.querySelectorAll("select.admin-autocomplete"))) {
    const box = select.nextElementSibling?.querySelector("[role=combobox]");
    const shown = box?.querySelector(".select2-selection__rendered");
    const name = select.getAttribute("aria-label") ?? select.labels?.[0]?.textContent?.trim().replace(/:$/, "");
    if (!box || !shown || !name) continue;
    box.id ||= `${shown.id}-box`;
    box.setAttribute("aria-label", name);
    box.setAttribute("aria-labelledby", `${box.id} ${shown.id}`); // its name, then what is chosen
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
  }
  const search = document.getElementById("searchbar");
  const button = search?.parentElement?.querySelector("[type=submit]");
  search?.setAttribute("aria-label", button?.getAttribute("value") ?? "");
}

// Django makes the boxes when the page is ready, in a turn of its own.
addEventListener("load", () => setTimeout(nameBoxes));
document.addEventListener("formset:added", () => setTimeout(nameBoxes));
