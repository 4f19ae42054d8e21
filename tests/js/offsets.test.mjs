import assert from "node:assert/strict";
import test from "node:test";

import { spanInCodePoints, spanInUnits, toCodePoints, toUnits } from "../../static/js/offsets.js";

const text = "Trust 🕊️ is slow; الثقة بطيئة 👩‍💻.";

test("an emoji counts once, though JavaScript counts it twice", () => {
  assert.equal(toCodePoints("a🕊b", 3), 2);
  assert.equal(toUnits("a🕊b", 2), 3);
});

test("every boundary between code points comes back to itself", () => {
  const points = Array.from(text).length;
  for (let at = 0; at <= points; at++) {
    assert.equal(toCodePoints(text, toUnits(text, at)), at);
  }
});

test("the units of a span hold the same words as its code points", () => {
  const start = text.indexOf("الثقة");
  const units = { start, end: start + "الثقة بطيئة 👩".length };
  const points = spanInCodePoints(text, units);
  assert.equal(Array.from(text).slice(points.start, points.end).join(""), "الثقة بطيئة 👩");
  assert.deepEqual(spanInUnits(text, points), units);
});

test("an index inside a surrogate pair stands before the pair", () => {
  assert.equal(toCodePoints("🕊", 1), 0);
  assert.equal(toCodePoints("a🕊b", 2), 1);
});

test("nothing reaches beyond the text", () => {
  assert.equal(toUnits("ab", 9), 2);
  assert.equal(toCodePoints("ab", 9), 2);
  assert.equal(toCodePoints("ab", -1), 0);
});

test("a lone surrogate counts as one", () => {
  assert.equal(toCodePoints("\ud83da", 2), 2);
  assert.equal(toUnits("\ud83da", 1), 1);
});
