import assert from "node:assert/strict";
import { test } from "node:test";
import { applyEvent, emptySnapshot, EVENT_TYPES, isFinalState } from "../../../wwwroot-assets/js/progress-hub.js";

const ID = "5f0c".repeat(8);
const STAGES = [{ name: "translating", label: "Translating", weight: 0.85 }, { name: "assembling", label: "Assembling", weight: 0.15 }];
const QUEUED = { type: "queued", kind: "translation", title: "Letter", position: 2, tags: ["a"], attempt: 0 };
const STARTED = { type: "started", stages: STAGES, engine: "apertium" };

/** Folds events that are numbered and 100 ms apart. */
function fold(...events) {
  return events.reduce((snapshot, event, index) => applyEvent(snapshot, {
    jobId: ID, seq: index + 1, at: `2026-11-20T10:00:0${index}.000Z`, attempt: 1, elapsedMs: index * 100, ...event,
  }), emptySnapshot(ID));
}

test("a queued job has its title, tags and place", () => {
  const snapshot = fold(QUEUED, { ...QUEUED, position: 1 });

  assert.equal(snapshot.state, "queued");
  assert.equal(snapshot.queuePosition, 1);
  assert.deepEqual(snapshot.tags, ["a"]);
  assert.equal(snapshot.createdAt, "2026-11-20T10:00:00.000Z");
  assert.equal(snapshot.attempt, 0);
});

test("a started job has its stages before it, and no place in the queue", () => {
  const snapshot = fold(QUEUED, STARTED);

  assert.equal(snapshot.state, "running");
  assert.equal(snapshot.queuePosition, null);
  assert.equal(snapshot.engine, "apertium");
  assert.equal(snapshot.startedAt, "2026-11-20T10:00:01.000Z");
  assert.deepEqual(snapshot.stages.map((stage) => stage.state), ["pending", "pending"]);
});

test("a new stage finishes the one before it", () => {
  const snapshot = fold(QUEUED, STARTED,
    { type: "stage", stage: "translating", label: "Translating", index: 1, count: 2 },
    { type: "progress", stage: "translating", fraction: 0.8, stageFraction: 0.9, current: 9, total: 10, unit: "batches", estimated: true },
    { type: "stage", stage: "assembling", label: "Assembling", index: 2, count: 2 });

  assert.equal(snapshot.stage, "assembling");
  assert.equal(snapshot.message, "Assembling");
  assert.equal(snapshot.fraction, 0.8);
  assert.deepEqual([snapshot.stageFraction, snapshot.current, snapshot.total, snapshot.unit], [null, null, null, null]);
  assert.equal(snapshot.estimated, false);
  assert.deepEqual(snapshot.stages.map(({ state, ms }) => [state, ms]), [["done", 200], ["running", undefined]]);
});

test("progress keeps the message and the fraction that it does not carry, and forgets an old estimate", () => {
  const eta = { p50Ms: 1, p90Ms: 2, basis: "rate", samples: 3 };
  const snapshot = fold(QUEUED, STARTED,
    { type: "progress", stage: "translating", fraction: 0.2, stageFraction: 0.3, message: "Batch 1", estimated: false, eta },
    { type: "progress", current: 7, estimated: false });

  assert.equal(snapshot.message, "Batch 1");
  assert.equal(snapshot.fraction, 0.2);
  assert.equal(snapshot.stageFraction, null);
  assert.equal(snapshot.current, 7);
  assert.equal(snapshot.eta, null);
});

test("partials are counted; each takes back the one that it replaces", () => {
  const partial = (index, ok, replaces) => ({ type: "partial", index, total: 3, ok, ...(replaces ? { replaces } : {}) });
  const counts = (...events) => fold(QUEUED, STARTED, ...events).partials;

  assert.deepEqual(counts(partial(0, true), partial(1, false), partial(1, false, "failed")), { ok: 1, failed: 1, total: 3 });
  assert.deepEqual(counts(partial(0, true), partial(1, false), partial(1, true, "failed")), { ok: 2, failed: 0, total: 3 });
  assert.deepEqual(counts(partial(0, true), partial(0, true, "ok"), partial(0, false, "ok")), { ok: 0, failed: 1, total: 3 });
});

test("a question is pending until it is answered", () => {
  const asked = { type: "inputRequired", requestId: "r1", question: "Which?", options: ["a", "b"], deadline: "2026-11-20T11:00:00.000Z" };
  const waiting = fold(QUEUED, STARTED, asked);
  const answered = fold(QUEUED, STARTED, asked, { type: "inputReceived", requestId: "r1", answer: "a" });

  assert.equal(waiting.state, "waitingForInput");
  assert.equal(waiting.pendingInput.question, "Which?");
  assert.equal(answered.state, "running");
  assert.equal(answered.pendingInput, null);
});

test("an answer does not bring a job back that is being canceled", () => {
  assert.equal(fold(QUEUED, STARTED, { type: "canceling" }, { type: "inputReceived", requestId: "r1" }).state, "canceling");
});

test("a retry waits in the queue, and the next attempt begins at 0", () => {
  const events = [QUEUED, STARTED,
    { type: "stage", stage: "translating", label: "Translating", index: 1, count: 2 },
    { type: "progress", stage: "translating", fraction: 0.4, estimated: false },
    { type: "retrying", reason: "The engine did not answer.", delayMs: 1000 }];
  const retrying = fold(...events);
  const again = fold(...events, { ...STARTED, attempt: 2 });

  assert.equal(retrying.state, "queued");
  assert.equal(retrying.message, "The engine did not answer.");
  assert.equal(retrying.stages[0].state, "failed");
  assert.equal(again.state, "running");
  assert.equal(again.attempt, 2);
  assert.equal(again.fraction, 0);
  assert.equal(again.startedAt, "2026-11-20T10:00:01.000Z");
});

test("success is the whole; a failure stays where it was", () => {
  const running = [QUEUED, STARTED, { type: "progress", stage: "translating", fraction: 0.4, estimated: false }];
  const succeeded = fold(...running, { type: "done", state: "succeeded", resultUrl: "/r", summary: {} });
  const failed = fold(...running, { type: "done", state: "failed", error: { code: "x", message: "No." }, summary: {} });

  assert.deepEqual([succeeded.state, succeeded.fraction, succeeded.resultUrl], ["succeeded", 1, "/r"]);
  assert.equal(succeeded.finishedAt, "2026-11-20T10:00:03.000Z");
  assert.deepEqual([failed.state, failed.fraction, failed.error.code], ["failed", 0.4, "x"]);
});

test("an unknown type moves the cursor and nothing else", () => {
  for (const type of ["applause", "constructor", "__proto__"]) {
    const snapshot = fold(QUEUED, STARTED, { type, fraction: 1, state: "failed" });

    assert.equal(snapshot.seq, 3);
    assert.equal(snapshot.state, "running");
    assert.equal(snapshot.fraction, 0);
  }
});

test("an event that is already part of the snapshot changes nothing", () => {
  const snapshot = fold(QUEUED, STARTED);

  assert.equal(applyEvent(snapshot, { jobId: ID, seq: 2, type: "canceling" }), snapshot);
});

test("folding is pure", () => {
  const snapshot = Object.freeze(fold(QUEUED, STARTED));
  Object.freeze(snapshot.stages);
  Object.freeze(snapshot.partials);

  applyEvent(snapshot, { jobId: ID, seq: 3, type: "stage", stage: "translating", label: "Translating", elapsedMs: 5 });
  applyEvent(snapshot, { jobId: ID, seq: 3, type: "partial", index: 0, ok: false });

  assert.equal(snapshot.stages[0].state, "pending");
});

test("three states are final", () => {
  assert.deepEqual(["queued", "running", "waitingForInput", "canceling"].filter(isFinalState), []);
  assert.deepEqual(["succeeded", "failed", "canceled"].filter(isFinalState), ["succeeded", "failed", "canceled"]);
  assert.equal(EVENT_TYPES.length, 13);
});

test("silence marks a job stalled until there is news, and the program's own number is kept", () => {
  const stalled = [QUEUED, STARTED, { type: "log", report: 7 }, { type: "progress", message: "No word", stalled: true }];

  assert.equal(fold(...stalled).stalled, true);
  assert.equal(fold(...stalled, { type: "log" }).stalled, true);
  assert.equal(fold(...stalled, { type: "progress", message: "Reading" }).stalled, null);
  assert.equal(fold(...stalled, { type: "done", state: "failed" }).stalled, null);
  assert.equal(fold(...stalled).report, 7);
});
