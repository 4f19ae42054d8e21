/** <reading-settings>: the reading panel. Each choice holds at once, on this device. */

const KEPT = "commonplace:reading";

/** @returns {Record<string, string>} */
export function settings() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * Choose `value` for `name`, or go back to the page's own with "".
 * @param {string} name
 * @param {string} value
 */
export function choose(name, value) {
  const kept = { ...settings(), [name]: value };
  if (!value) delete kept[name];
  try {
    localStorage.setItem(KEPT, JSON.stringify(kept));
  } catch (refused) {
    console.warn("The choice holds for this page only.", refused);
  }
  show(name, value);
  // The server left notes out because a cookie or the address asked for it; they have to be fetched.
  const shown = document.getElementById("reading")?.dataset.shown ?? "all";
  if (name === "notes" && shown !== "all") location.assign(location.pathname);
}

/** What was chosen without script, in a cookie, from now on lives on the device. */
function takeOverCookie() {
  const cookie = /(?:^|; )reading="?([^;"]*)/.exec(document.cookie)?.[1];
  if (cookie === undefined) return;
  const pairs = cookie.split(".").map((pair) => pair.split(":"));
  localStorage.setItem(KEPT, JSON.stringify({ ...Object.fromEntries(pairs.filter((pair) => pair.length === 2)), ...settings() }));
  document.cookie = "reading=; path=/; max-age=0; samesite=lax";
}

/** @param {string} name @param {string} value */
function show(name, value) {
  const { dataset } = document.documentElement;
  if (value) dataset[name] = value;
  else delete dataset[name];
  document.dispatchEvent(new CustomEvent("notes-change"));
}

class ReadingSettings extends HTMLElement {
  connectedCallback() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    takeOverCookie();
    this.read();
    this.addEventListener("change", ({ target }) => {
      const field = /** @type {HTMLInputElement} */ (target);
      if (field.type === "checkbox") choose(field.name, field.checked ? field.value : (field.dataset.off ?? ""));
      else choose(field.name, field.value);
    }, { signal });
    this.addEventListener("submit", (event) => event.preventDefault(), { signal });
    document.addEventListener("notes-change", () => this.read(), { signal });
    addEventListener("storage", (event) => {
      if (event.key !== KEPT) return;
      for (const [name, value] of Object.entries(settings())) show(name, value);
    }, { signal });
  }

  disconnectedCallback() {
    this.stop?.abort();
  }

  /** Show in the fields what the page looks like now. */
  read() {
    const { dataset } = document.documentElement;
    for (const field of this.querySelectorAll("input")) {
      const now = dataset[field.name];
      if (now === undefined) continue;
      field.checked = field.type === "checkbox" ? now !== field.dataset.off : field.value === now;
    }
  }
}

customElements.define("reading-settings", ReadingSettings);
