import assert from "node:assert/strict";
import test from "node:test";

import { crowded, drifted, outside, place } from "../../static/js/stack.js";

const card = (wanted, height = 100) => ({ wanted, height, notes: 1 });

test("cards with room stand level with their words", () => {
  assert.deepEqual(place([card(0), card(200), card(500)]), [0, 200, 500]);
});

test("cards that would overlap give way downwards, eight apart", () => {
  assert.deepEqual(place([card(0), card(10), card(20)]), [0, 108, 216]);
});

test("the active card stands exactly level, and others give way in both directions", () => {
  assert.deepEqual(place([card(300), card(310), card(320)], { active: 1 }), [202, 310, 418]);
});

test("an active card without neighbours moves nothing", () => {
  assert.deepEqual(place([card(0), card(300), card(600)], { active: 1 }), [0, 300, 600]);
});

test("when there is no room above, cards begin at the ceiling and stay in order", () => {
  const items = [card(0), card(5), card(10)];
  const tops = place(items, { active: 2, ceiling: -50 });
  assert.deepEqual(tops, [-50, 58, 166]);
});

test("order is kept and nothing overlaps, whichever is active", () => {
  const items = [3, 3, 4, 90, 91, 400, 401, 402, 800].map((at, i) => card(at, 40 + 10 * i));
  for (let active = -1; active < items.length; active++) {
    const tops = place(items, { active, ceiling: -1000 });
    for (let i = 1; i < items.length; i++) {
      assert.ok(tops[i] >= tops[i - 1] + items[i - 1].height + 8, `active ${active}, card ${i}`);
    }
    if (active >= 0) assert.equal(tops[active], items[active].wanted);
  }
});

test("no cards need no places", () => {
  assert.deepEqual(place([]), []);
});

test("cards fold only where more than five share the window", () => {
  assert.deepEqual(crowded([0, 10, 20, 30, 40], 800), [false, false, false, false, false]);
  assert.deepEqual(crowded([0, 10, 20, 30, 40, 50, 2000], 800), [true, true, true, true, true, true, false]);
});

test("a run of cards folds when one of it has drifted too far from its words", () => {
  const near = [card(0), card(50), card(1000)];
  assert.deepEqual(drifted(near, 400), [false, false, false]);
  const pile = [card(0, 300), card(10, 300), card(20, 300), card(2000), card(2050)];
  assert.deepEqual(drifted(pile, 400), [true, true, false, false, false]);
});

test("in such a run a card with room for itself stays open", () => {
  const run = [card(0, 700), card(100, 90), card(300, 700), card(350, 100)];
  assert.deepEqual(drifted(run, 400), [true, false, true, false]);
});

test("the pills count the notes that lie wholly above and below", () => {
  const items = [{ ...card(0), notes: 3 }, card(0), card(0), card(0)];
  assert.deepEqual(outside([0, 150, 600, 950], items, { top: 120, bottom: 900 }), { above: 3, below: 1 });
});
