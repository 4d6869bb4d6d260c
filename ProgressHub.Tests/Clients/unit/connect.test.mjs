import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, describe, test } from "node:test";

const BASE = "http://hub.example";
const real = { fetch: globalThis.fetch, EventSource: globalThis.EventSource };
afterEach(() => Object.assign(globalThis, real));

/** The script as the page Connect runs it; as text, because no package.json beside it says that it is a module. */
async function load(name) {
  const text = await readFile(new URL(`../../../wwwroot-assets/connect/${name}.js`, import.meta.url), "utf8");
  return (await import(`data:text/javascript,${encodeURIComponent(text)}`)).run;
}

/** A stream that says what the test gives it. */
class Stream {
  static CLOSED = 2;
  static all = [];
  constructor(url) {
    Object.assign(this, { url, readyState: 1, listeners: {} });
    Stream.all.push(this);
  }
  addEventListener(name, listener) { this.listeners[name] = listener; }
  close() { this.readyState = Stream.CLOSED; }
  say(message) { this.onmessage({ data: JSON.stringify(message) }); }
}

const json = (body, status = 200) => new Response(JSON.stringify(body), { status });

/** Answers by path; what has no answer stays open until it is aborted. */
function serve(answers) {
  Stream.all = [];
  globalThis.EventSource = Stream;
  globalThis.fetch = (url, { signal } = {}) => new Promise((resolve, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
    const path = Object.keys(answers).find((p) => new URL(url).pathname.endsWith(p));
    if (path !== undefined) resolve(answers[path]());
  });
}

const until = async (condition) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const ASKED = { "/ask-question": () => json({ task_id: "t" }) };
const MODELS = { "/v1/models": () => json({ data: [{ id: "pocketsphinx" }] }) };

describe("where the route is missing it says which", { timeout: 60_000 }, () => {
  const routes = {
    messages: "POST /messages", enhanced: "POST /api/v1/streaming-chat/ask-question",
    streaming: "POST /api/v1/streaming-chat/ask-question", transcribe: "GET /v1/models", session: "POST /analyze",
  };
  for (const [name, route] of Object.entries(routes)) {
    test(name, async () => {
      serve({ "": () => new Response("", { status: 404 }) });

      await assert.rejects((await load(name))(BASE, () => {}, { file: new Blob(["x"]) }), { message: `This server does not have ${route}.` });

      assert.ok(Stream.all.every((s) => s.readyState === Stream.CLOSED));
    });
  }
});

describe("whoever stops leaves no stream open", { timeout: 60_000 }, () => {
  const answers = { events: { "/api/jobs": () => json({ jobId: "j" }) }, enhanced: ASKED, streaming: ASKED, transcribe: MODELS, session: {} };
  for (const [name, answer] of Object.entries(answers)) {
    test(name, async () => {
      serve(answer);
      const stop = new AbortController();
      const running = (await load(name))(BASE, () => {}, { signal: stop.signal, file: new Blob(["x"]) });
      await until(() => Stream.all.length === 1);

      stop.abort();

      await running.catch((failure) => assert.equal(failure.name, "AbortError"));
      assert.equal(Stream.all[0].readyState, Stream.CLOSED);
    });
  }
});

for (const name of ["enhanced", "streaming"]) {
  test(`${name}: a question without an answer fails with its reason`, { timeout: 60_000 }, async () => {
    serve(ASKED);
    const running = (await load(name))(BASE, () => {});
    await until(() => Stream.all[0]?.onmessage);

    Stream.all[0].say({ type: "enhanced_error", error: "The engine is gone." });

    await assert.rejects(running, { message: "The engine is gone." });
    assert.equal(Stream.all[0].readyState, Stream.CLOSED);
  });
}

test("a server without a speech engine is said to be one", { timeout: 60_000 }, async () => {
  serve({ "/v1/models": () => json({ data: [] }) });

  await assert.rejects((await load("transcribe"))(BASE, () => {}, { file: new Blob(["x"]) }), { message: /No speech engine is ready/ });
});

test("a refused recording fails with what the server says", { timeout: 60_000 }, async () => {
  serve({ ...MODELS, "/transcribe": () => json({ error: "'notes.txt' is not audio or video.", code: "not_audio" }, 415) });

  await assert.rejects((await load("transcribe"))(BASE, () => {}, { file: new Blob(["x"]) }), { message: "'notes.txt' is not audio or video." });
});

test("each batch and each message of a translation is said once", { timeout: 60_000 }, async () => {
  const polls = [["queued", {}], ["started", { 0: "a" }], ["started", { 0: "a", 1: "b" }], ["completed", { 0: "a", 1: "b", 2: "c" }]];
  let poll = -1;
  const said = [];
  serve({
    "/messages/m/partial": () => json({ partial_results: polls[poll][1] }),
    "/messages/m": () => json({ status: { message: polls[++poll][0], progress: 0, status_type: polls[poll][0] }, content: "abc" }),
    "/messages": () => json({ id: "m" }, 202),
  });

  await (await load("messages"))(BASE, (text) => said.push(text));

  assert.deepEqual(said, [
    "Message m", "queued", "Batch 0: a", "started", "Batch 1: b", "Batch 2: c", "completed", "3 characters",
  ]);
});

test("the lines of a session's log are all said before its answer", { timeout: 60_000 }, async () => {
  const said = [];
  serve({ "/analyze": () => json({ answer: "HALO." }), "/events": () => json({ events: [{ id: "1" }, { id: "2" }] }) });
  const running = (await load("session"))(BASE, (text) => said.push(text));
  await until(() => Stream.all[0]?.onmessage);
  Stream.all[0].say({ id: "1", level: "warning", message: "Slow", step: 1, totalSteps: 5 });
  await new Promise((resolve) => setTimeout(resolve, 20));
  Stream.all[0].say({ id: "2", level: "success", message: "Ready" });

  await running;

  assert.deepEqual(said, ["⚠ Slow (Step 1/5)", "✓ Ready", "HALO."]);
});
