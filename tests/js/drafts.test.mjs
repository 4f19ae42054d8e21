import assert from "node:assert/strict";
import test from "node:test";

import { drafts, forget } from "../../static/js/drafts.js";

/** A Storage as browsers have it, in memory. */
function storage() {
  const kept = new Map();
  return {
    get length() { return kept.size; },
    key: (i) => [...kept.keys()][i] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, String(value)),
    removeItem: (name) => void kept.delete(name),
  };
}

test("a draft comes back for the same words and the same person only", () => {
  const shared = storage();
  drafts(shared, "reader").keep("on-trust:3-9", { body: "Half a thought", tags: "" });
  assert.deepEqual(drafts(shared, "reader").read("on-trust:3-9"), { body: "Half a thought", tags: "" });
  assert.equal(drafts(shared, "reader").read("on-trust:4-9"), null);
  assert.equal(drafts(shared, "second").read("on-trust:3-9"), null);
});

test("an emptied draft is dropped", () => {
  const shared = storage();
  const mine = drafts(shared, "reader");
  mine.keep("a", { body: "words" });
  mine.keep("a", { body: "  " });
  assert.equal(shared.length, 0);
});

test("log-out forgets drafts and audiences and keeps how somebody likes to read", () => {
  const shared = storage();
  shared.setItem("commonplace:reading", "{}");
  drafts(shared, "reader").keep("a", { body: "words" });
  drafts(shared, "reader").chooseAudience("on-trust", "public");
  forget(shared);
  assert.equal(shared.length, 1);
  assert.equal(shared.getItem("commonplace:reading"), "{}");
});

test("a spoilt entry is no draft", () => {
  const shared = storage();
  shared.setItem("commonplace:draft:reader:a", "{not json");
  assert.equal(drafts(shared, "reader").read("a"), null);
});

test("a full storage does not stop anybody from writing", (t) => {
  t.mock.method(console, "warn", () => {});
  const full = { ...storage(), setItem() { throw new Error("QuotaExceededError"); } };
  drafts(full, "reader").keep("a", { body: "words" });
});

test("what was left unfinished is found again, by its writer, and a quote alone is no draft", () => {
  const shared = storage();
  drafts(shared, "reader").keep("on-trust:3-9", { body: "Half a thought", quote: "trust" });
  drafts(shared, "reader").keep("elsewhere:3-9", { body: " ", quote: "trust" });
  const here = (name) => name.startsWith("on-trust:");
  assert.equal(drafts(shared, "reader").left(here), "on-trust:3-9");
  assert.equal(drafts(shared, "second").left(here), undefined);
  assert.equal(drafts(shared, "reader").left((name) => name.startsWith("elsewhere:")), undefined);
});
