/**
 * What lies over the page: sheet, composer. Back and Esc close the uppermost first, and while one
 * covers everything the rest of the page cannot be reached.
 */

/** @type {{name: string, close: () => void}[]} */
const open = [];
let ours = 0; // steps back that we asked for ourselves and that have not arrived yet
/** @type {string[]} */
const waiting = []; // going back is not immediate; a layer opened meanwhile gets its entry after it

/**
 * `name` now lies on top; `close` is called when the reader goes back.
 * @param {string} name
 * @param {() => void} close
 */
export function enterLayer(name, close) {
  const same = open.find((layer) => layer.name === name);
  if (same) return void (same.close = close);
  open.push({ name, close });
  history.scrollRestoration = "manual"; // going back closes a layer; it must not move the page
  if (ours) waiting.push(name);
  else history.pushState({ layer: name }, "");
}

/** @param {string} name */
export const isOpen = (name) => open.some((layer) => layer.name === name);

/** `name` was closed by other means than Back. @param {string} name */
export function leaveLayer(name) {
  const at = open.findIndex((layer) => layer.name === name);
  if (at < 0) return;
  open.splice(at, 1);
  const unborn = waiting.indexOf(name);
  if (unborn >= 0) return void waiting.splice(unborn, 1);
  ours++;
  history.back();
}

/** Close the uppermost layer, if there is one. */
export function closeTop() {
  const top = open.at(-1);
  top?.close();
  return Boolean(top);
}

addEventListener("popstate", () => {
  if (ours) ours--;
  else open.pop()?.close();
  if (!ours) for (const name of waiting.splice(0)) history.pushState({ layer: name }, "");
  if (!open.length && !ours) history.scrollRestoration = "auto";
});

/** Where the keyboard on the screen covers the page instead of shrinking it, layers rise above it. */
visualViewport?.addEventListener("resize", () => {
  const covered = Math.max(0, window.innerHeight - visualViewport.height - visualViewport.offsetTop);
  document.documentElement.style.setProperty("--keyboard", `${covered}px`);
});

/**
 * Make everything but `element` and what it stands in inert.
 * @param {HTMLElement} element
 * @returns {() => void} undoes it
 */
export function coverAll(element) {
  /** @type {HTMLElement[]} */
  const covered = [];
  for (let at = element; at !== document.body && at.parentElement; at = at.parentElement) {
    for (const other of at.parentElement.children) {
      if (other === at || other.id === "live" || /** @type {HTMLElement} */ (other).inert) continue;
      if (!(other instanceof HTMLElement)) continue;
      other.inert = true;
      covered.push(other);
    }
  }
  return () => covered.forEach((other) => (other.inert = false));
}
