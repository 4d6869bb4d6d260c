import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { applyEvent, emptySnapshot, EVENT_TYPES } from "../../../wwwroot-assets/js/progress-hub.js";

// What the server's own fold makes of every event in every state; xunit holds the server to the same file.
const { states, events, vectors } = JSON.parse(readFileSync(new URL("../../Data/fold-vectors.json", import.meta.url), "utf8"));

/** The server leaves out what is null; whether a member is null or missing makes no difference to anybody. */
function present(value) {
  if (Array.isArray(value)) return value.map(present);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([, v]) => v != null).map(([k, v]) => [k, present(v)]));
}

function fold(name) {
  return states[name].events.reduce(applyEvent, emptySnapshot(states[name].snapshot.jobId));
}

test("the file has every type of event, in every state", () => {
  assert.deepEqual([...new Set(Object.values(events).map((event) => event.type))].sort(), [...EVENT_TYPES].sort());
  assert.equal(vectors.length, Object.keys(states).length * Object.keys(events).length);
});

for (const name of Object.keys(states)) {
  test(`the events that lead to '${name}' lead there`, () => {
    const { createdAt, ...expected } = present(states[name].snapshot);
    const { createdAt: told, ...snapshot } = present(fold(name));

    assert.deepEqual(snapshot, expected);
    if (snapshot.seq > 0) assert.equal(told, createdAt);
  });

  test(`every event in '${name}' changes what it changes on the server`, () => {
    const before = states[name].snapshot;
    for (const { event, changes } of vectors.filter(({ state }) => state === name)) {
      const after = applyEvent(before, { ...events[event], seq: before.seq + 1 });

      assert.deepEqual(present(after), present({ ...before, ...changes }), event);
    }
  });
}
