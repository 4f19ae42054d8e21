/**
 * What somebody is writing, and whom they write for, kept on this device until log-out. Each
 * entry carries the user's name, so that a shared computer never shows it to the next reader.
 */

const DRAFT = "commonplace:draft:";
const AUDIENCE = "commonplace:audience:";

/** Whether somebody has written anything: the words quoted alone are no draft. @param {Record<string, string>} fields */
export const said = ({ body = "", tags = "" }) => Boolean(body.trim() || tags.trim());

/**
 * @param {Storage} storage
 * @param {string} user
 */
export function drafts(storage, user) {
  /** @param {string} target such as "on-trust:12-40" or "reply:0192…" */
  const key = (target) => `${DRAFT}${user}:${target}`;
  return {
    /**
     * @param {string} target
     * @param {Record<string, string>} fields
     */
    keep(target, fields) {
      if (said(fields)) write(storage, key(target), JSON.stringify(fields));
      else storage.removeItem(key(target));
    },
    /**
     * @param {string} target
     * @returns {Record<string, string> | null}
     */
    read(target) {
      try {
        return JSON.parse(storage.getItem(key(target)) ?? "null");
      } catch {
        return null;
      }
    },
    /** A target left unfinished among those that fit. @param {(target: string) => boolean} fits */
    left(fits) {
      const prefix = key("");
      const names = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
      return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)).find(fits);
    },
    /** @param {string} target */
    drop: (target) => storage.removeItem(key(target)),
    /** @param {string} article */
    audience: (article) => storage.getItem(`${AUDIENCE}${user}:${article}`),
    /**
     * @param {string} article
     * @param {string} value
     */
    chooseAudience: (article, value) => write(storage, `${AUDIENCE}${user}:${article}`, value),
  };
}

/**
 * Remove every draft and choice of everybody on this device.
 * @param {Storage} storage
 */
export function forget(storage) {
  const all = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
  for (const name of all) {
    if (name.startsWith(DRAFT) || name.startsWith(AUDIENCE)) storage.removeItem(name);
  }
}

/**
 * A full or refused storage must not stop anybody from writing.
 * @param {Storage} storage
 * @param {string} name
 * @param {string} value
 */
function write(storage, name, value) {
  try {
    storage.setItem(name, value);
  } catch (refused) {
    console.warn("The draft could not be kept on this device.", refused);
  }
}
