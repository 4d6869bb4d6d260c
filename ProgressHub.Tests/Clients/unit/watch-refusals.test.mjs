import assert from "node:assert/strict";
import { test } from "node:test";

// The page as the server sends it to a reader of another language: the codes of failures with their texts, and how they stand beside what is said.
globalThis.document = /** @type {any} */ ({
  documentElement: { lang: "zh-Hant" },
  getElementById: (id) => (id === "job" ? { dataset: { refusals: '{"timed_out":"工作超過時間上限。"}', texts: '{"{0} ({1})":"{0}({1})"}' } } : null),
});
const { refusalText } = await import("../../../wwwroot-assets/watch/refusals.js");

test("A failure is told in the reader's language with what the server says in particular", () => {
  assert.equal(refusalText({ code: "timed_out", message: "It took 5 s." }), "工作超過時間上限。(It took 5 s.)");
});

test("What has no text of its code is told as the server says it", () => {
  assert.equal(refusalText({ code: "of_a_plugin", message: "It rains." }), "It rains.");
  assert.equal(refusalText({ message: "It rains." }), "It rains.");
});
