import assert from "node:assert/strict";
import { test } from "node:test";
import { EXACT, MOST, scaleOf } from "../../../wwwroot-assets/ui/log-scale.js";

const VIEW = 600;

test("what fits is scrolled one to one", () => {
  const scale = scaleOf(4_000_000, VIEW);

  assert.equal(scale.space, 4_000_000);
  assert.equal(scale.isScaled, false);
  assert.equal(scale.topOf(123_456), 123_456);
  assert.equal(scale.lastTop, 4_000_000 - VIEW);
});

test("a million rows are scrolled in a space that browsers can draw, from the first to the last", () => {
  const scale = scaleOf(20_000_000, VIEW);

  assert.equal(scale.space, MOST);
  assert.equal(scale.topOf(0), 0);
  assert.equal(scale.topOf(scale.lastScroll), scale.lastTop);
  assert.equal(scale.topOf(EXACT - 1), EXACT - 1, "one to one at the beginning");
  assert.equal(scale.topOf(scale.lastScroll - 20), scale.lastTop - 20, "and at the end");
});

test("there and back again is where one was, everywhere", () => {
  for (const whole of [1_000, 8_000_000, 8_000_001, 20_000_000, 33_000_000]) {
    const scale = scaleOf(whole, VIEW);
    for (let i = 0; i <= 1000; i++) {
      const top = (scale.lastTop * i) / 1000;
      assert.ok(Math.abs(scale.topOf(scale.scrollOf(top)) - top) < 0.01, `${top} of ${whole}`);
      assert.ok(scale.scrollOf(top) <= scale.lastScroll + 0.01);
    }
  }
});
