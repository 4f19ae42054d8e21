import assert from "node:assert/strict";
import test from "node:test";

import { excerpt, trimmed, withCitation } from "../../static/js/quote.js";

test("outer white space is trimmed, also a line break or a no-break space", () => {
  assert.deepEqual(trimmed("one\n two\u00a0 three", { start: 3, end: 10 }), { start: 5, end: 8 });
});

test("a word cut in half stays cut in half", () => {
  assert.deepEqual(trimmed("deterrence", { start: 2, end: 5 }), { start: 2, end: 5 });
});

test("white space alone is nothing to note", () => {
  assert.equal(trimmed("a \n b", { start: 1, end: 4 }), null);
  assert.equal(trimmed("abc", { start: 1, end: 1 }), null);
});

test("an excerpt ends at a word and says that more follows", () => {
  assert.equal(excerpt("The core issue in the relationship", 20), "The core issue in…");
  assert.equal(excerpt("  short\n one "), "short one");
  assert.equal(excerpt("x".repeat(30), 10), `${"x".repeat(10)}…`);
});

test("a copied quote carries its citation, its address and the disclaimer", () => {
  const source = { citation: "Security Times, 2012.", disclaimer: "Views are the author’s.", address: "https://a.example/p/" };
  assert.equal(
    withCitation("the deficit of trust", source),
    "“the deficit of trust”\n\nSecurity Times, 2012. https://a.example/p/\n\nViews are the author’s.",
  );
  assert.equal(withCitation("x", { citation: "At https://a.example/p/", disclaimer: "", address: "https://a.example/p/" }), "“x”\n\nAt https://a.example/p/");
});
