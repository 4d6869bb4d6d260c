import assert from "node:assert/strict";
import { test } from "node:test";
import * as signalR from "@microsoft/signalr";
import { EventSource } from "eventsource";
import WebSocket from "ws";
import { watchJob } from "../../../wwwroot-assets/js/progress-hub.js";
import { EventQueue, QUEUE_BOUND } from "../../../wwwroot-assets/js/event-queue.js";
import { FAST, observe, standIn, until, within } from "../support/watching.mjs";

const server = await standIn();
const tracked = (of, job, options) => {
  const seen = observe(of, job, options);
  return { watch: seen.watch, seen };
};
const SSE = { transports: ["sse"], timing: FAST };

test("iteration gives each event until done, and then ends", async () => {
  const job = server.addJob().begin();
  job.partial(0);
  job.end();
  const types = [];
  for await (const event of watchJob(job.id, { ...SSE, baseUrl: server.url, after: 2 })) types.push(event.type);

  assert.deepEqual(types, ["stage", "partial", "done"]);
});

test("several readers each get every event; one that leaves disturbs no other", async () => {
  const job = server.addJob().begin();
  job.end();
  const { watch } = observe(server, job, { after: 0 });
  const all = (async () => {
    const seqs = [];
    for await (const event of watch) seqs.push(event.seq);
    return seqs;
  })();
  for await (const event of watch) {
    assert.equal(event.seq, 1);
    break;
  }

  assert.deepEqual(await within(all), [1, 2, 3, 4]);
});

test("iteration throws where the watch failed", async () => {
  const { watch } = observe(server, "e".repeat(32));
  await assert.rejects(async () => {
    for await (const event of watch) assert.fail(event.type);
  }, { code: "job_not_found" });
});

test("handlers are called by type, see the state that the event led to, and can be taken off", async () => {
  const job = server.addJob().begin();
  job.partial(0);
  job.partial(1);
  job.append("applause", { hands: 2 });
  job.end();
  const { watch } = observe(server, job, { after: 0 });
  const told = [];
  const off = watch.on("partial", (event) => {
    told.push([event.index, watch.snapshot.partials.ok, watch.cursor]);
    off();
  });
  watch.on("applause", ({ hands }) => told.push(hands));
  watch.on("end", () => told.push("end"));
  await within(watch.done);

  assert.deepEqual(told, [[0, 1, 4], 2, "end"]);
});

test("a handler that throws is reported and disturbs nothing", async (t) => {
  const job = server.addJob().begin();
  job.end();
  const reported = t.mock.method(console, "error", () => {});
  const { watch, seqs } = observe(server, job, { after: 0 });
  watch.on("event", () => {
    throw new Error("A mistake.");
  });
  await within(watch.done);

  assert.deepEqual(seqs(), [1, 2, 3, 4]);
  assert.equal(reported.mock.callCount(), 4);
});

test("result waits for the end and gives what the job made", async () => {
  const job = server.addJob().begin();
  const { watch } = observe(server, job);
  const result = watch.result({ accept: "text/plain" });
  job.result = "Dobrý den";
  job.end();
  const { state, error, ...rest } = await within(result);

  assert.deepEqual([state, error], ["succeeded", null]);
  assert.equal(await rest.response.text(), "Dobrý den");
  assert.equal(server.requests.at(-1).headers.accept, "text/plain");
  assert.equal(await (await watch.result()).text(), "Dobrý den");
});

test("the result of a failed job says why, and may be there all the same", async () => {
  const job = server.addJob().begin();
  job.end("failed", { error: { code: "some_items_failed", message: "2 of 3 failed." } });
  const { watch } = observe(server, job);

  const without = await within(watch.result());
  assert.equal(without.error.code, "some_items_failed");
  assert.equal(without.response, null);
  await assert.rejects(without.text(), { code: "no_result", message: /2 of 3 failed/ });

  job.result = '{"ok":1}';
  assert.deepEqual(await (await watch.result()).json(), { ok: 1 });
});

test("asking for the result survives a server that is away for a moment", async () => {
  const job = server.addJob().begin();
  job.result = "x";
  job.end();
  server.faults.result = [{ status: 503 }, { status: 500 }];
  const { watch } = observe(server, job);

  assert.equal(await (await within(watch.result())).text(), "x");
});

test("closing ends the watch and leaves the job alone", async () => {
  const job = server.addJob().begin();
  const { watch } = observe(server, job);
  await until(watch, () => watch.connection.state === "open");
  watch.close();

  await assert.rejects(within(watch.done), { name: "AbortError" });
  await assert.rejects(watch.result(), { name: "AbortError" });
  assert.equal(job.canceled, false);
});

test("a signal that is aborted already asks nothing of the server", async () => {
  const job = server.addJob().begin();
  const before = server.requests.length;
  const { watch } = observe(server, job, { signal: AbortSignal.abort() });

  await assert.rejects(within(watch.done), { name: "AbortError" });
  assert.equal(server.requests.length, before);
});

test("an abort cuts a long pause short", async () => {
  const job = server.addJob().begin();
  const abort = new AbortController();
  server.faults.stream = [{ status: 503, headers: { "Retry-After": "3600" } }];
  const { watch } = observe(server, job, { ...SSE, signal: abort.signal });
  await until(watch, () => watch.connection.retryInMs > 3_000_000);
  abort.abort();

  await assert.rejects(within(watch.done), { name: "AbortError" });
});

test("cancel, answer and tag ask the server", async () => {
  const job = server.addJob().begin();
  const { watch } = observe(server, job);
  await watch.cancel();
  await watch.answer("r1", "yes");
  await watch.tag({ add: ["home"] });
  watch.close();

  assert.equal(job.canceled, true);
  assert.deepEqual(job.answers, [{ requestId: "r1", answer: "yes" }]);
  assert.deepEqual(job.tagged, [{ add: ["home"], remove: [] }]);
});

test("the token goes with every request, asked for anew each time", async () => {
  const job = server.addJob().begin();
  job.result = "x";
  job.end();
  let turn = 0;
  const from = server.requests.length;
  const { watch } = observe(server, job, { ...SSE, accessToken: async () => `ticket-${++turn}` });
  await within(watch.result());

  assert.deepEqual(server.requests.slice(from).map(({ headers }) => headers.authorization), ["Bearer ticket-1", "Bearer ticket-2"]);
});

test("no token ever stands in an address", async () => {
  const job = server.addJob().begin();
  job.result = "x";
  job.end();
  const from = server.requests.length;
  for (const options of [{ transports: ["sse"], EventSource }, { transports: ["poll"] }, { transports: ["signalr", "sse"], signalR }]) {
    const { watch } = observe(server, job, { ...options, accessToken: "long-lived" });
    await within(watch.done);
  }

  const asked = server.requests.slice(from);
  assert.ok(asked.length >= 3);
  for (const { url } of asked) assert.doesNotMatch(url, /long-lived|access_token/);
});

test("an EventSource is opened with a ticket, a new one for each connection", async () => {
  const own = await standIn();
  own.tickets = [];
  const job = own.addJob().begin();
  own.faults.stream.push({ cutAtEvent: 4 });
  const { watch, seen } = tracked(own, job, { transports: ["sse"], EventSource, accessToken: "long-lived" });
  await until(watch, () => watch.snapshot !== null);
  job.partial(0);
  job.partial(1);
  job.end();
  await within(watch.done);

  const opened = own.requests.map(({ url }) => new URL(url, own.url).searchParams.get("ticket")).filter(Boolean);
  assert.deepEqual(seen.seqs(), [4, 5, 6]);
  assert.ok(opened.length >= 2, `It was opened ${opened.length} times.`);
  assert.deepEqual(opened, own.tickets.slice(0, opened.length));
  for (const { kind, url, headers } of own.requests) {
    assert.doesNotMatch(url, /long-lived/);
    if (kind === "ticket") assert.equal(headers.authorization, "Bearer long-lived");
  }
});

test("in a browser the hub is opened with tickets, one for each request", async () => {
  const own = await standIn();
  own.tickets = [];
  const job = own.addJob().begin();
  const { process, WebSocket: before } = globalThis;
  const release = Object.getOwnPropertyDescriptor(process, "release");
  Object.defineProperty(process, "release", { value: { name: "browser" }, configurable: true });
  globalThis.WebSocket = WebSocket;
  try {
    const { watch } = tracked(own, job, { transports: ["signalr"], signalR, accessToken: "long-lived" });
    await until(watch, () => watch.connection.state === "open");
    job.end();
    await within(watch.done);
  } finally {
    Object.defineProperty(process, "release", release);
    globalThis.WebSocket = before;
  }

  assert.ok(own.tickets.length >= 2);
  const asked = own.requests.filter(({ kind }) => kind === "hub");
  assert.equal(asked[0].headers.authorization, "Bearer pht_1");
  for (const { url } of own.requests) assert.doesNotMatch(url, /long-lived/);
});

test("options that make no sense are refused", () => {
  for (const options of [{ transports: [] }, { transports: ["pigeon"] }]) {
    assert.throws(() => observe(server, "e".repeat(32), options), TypeError);
  }
  for (const after of [-1, 1.5, "3", NaN]) {
    assert.throws(() => observe(server, "e".repeat(32), { after }), { code: "bad_cursor" });
  }
});

test("a slow reader is spared superseded progress, and told where to resume when it is too far behind", async () => {
  const queue = new EventQueue(() => {});
  const push = (seq, type) => queue.push({ seq, type });
  push(1, "log");
  push(2, "progress");
  push(3, "progress");
  push(4, "log");
  const read = [(await queue.next()).value.seq, (await queue.next()).value.seq, (await queue.next()).value.seq];
  assert.deepEqual(read, [1, 3, 4]);

  for (let seq = 5; seq <= 5 + QUEUE_BOUND; seq++) push(seq, "log");
  await assert.rejects(queue.next(), { code: "reader_too_slow", message: /after 4/ });
  assert.equal((await queue.next()).done, true);
});
