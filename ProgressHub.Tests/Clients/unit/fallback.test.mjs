import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import * as signalR from "@microsoft/signalr";
import { FAST, observe, standIn, until, within } from "../support/watching.mjs";

const server = await standIn();
beforeEach(() => {
  server.requests = [];
  server.always = {};
});

/** The transports that were open, in order. */
const opened = ({ connections }) => connections.filter(({ state }) => state === "open").map(({ transport }) => transport);

/** The transports that were tried, in order, each once in a row. */
const tried = ({ connections }) => connections.map(({ transport }) => transport).filter((name, i, all) => name !== all[i - 1]);

test("with WebSockets blocked the stream takes over", async () => {
  const job = server.addJob().begin();
  server.always.hub = { block: true };
  const seen = observe(server, job, { signalR });
  await until(seen.watch, () => seen.watch.connection.state === "open");
  job.end();
  await within(seen.watch.done);

  assert.deepEqual(opened(seen), ["sse"]);
  assert.equal(server.count("hub"), 2);
  assert.deepEqual(seen.seqs(), [4]);
});

test("with streams refused as well polling takes over", async () => {
  const job = server.addJob().begin();
  server.always = { hub: { status: 404 }, stream: { status: 200, headers: { "Content-Type": "text/html" }, body: "<p>Sign in</p>" } };
  const seen = observe(server, job, { signalR });
  await until(seen.watch, () => seen.watch.connection.state === "open");
  job.partial(0);
  job.end();
  await within(seen.watch.done);

  assert.deepEqual(tried(seen), ["signalr", "sse", "poll"]);
  assert.deepEqual(opened(seen), ["poll"]);
  assert.deepEqual(seen.seqs(), [4, 5]);
});

test("a hub that refuses to watch is not taken for a missing job", async () => {
  const job = server.addJob().begin();
  server.always.hub = { refuse: true };
  const seen = observe(server, job, { signalR });
  await until(seen.watch, () => seen.watch.connection.state === "open");
  job.end();
  await within(seen.watch.done);

  assert.deepEqual(opened(seen), ["sse"]);
});

test("without the SignalR library a watch begins with the stream", async () => {
  const job = server.addJob().begin();
  job.end();
  const seen = observe(server, job);
  await within(seen.watch.done);

  assert.deepEqual(tried(seen), ["sse"]);
  assert.throws(() => observe(server, job, { transports: ["signalr"] }), /signalR/);
});

test("a transport that works keeps its place through a single failure", async () => {
  const job = server.addJob().begin();
  server.faults.stream = [{ endAtEvent: 4 }, { status: 500 }];
  const seen = observe(server, job, { transports: ["sse", "poll"] });
  await until(seen.watch, () => seen.watch.cursor === 3);
  job.partial(0);
  await until(seen.watch, () => seen.watch.cursor === 4);
  job.end();
  await within(seen.watch.done);

  assert.deepEqual(opened(seen), ["sse", "sse"]);
});

test("after the last transport comes the first again, ever more slowly", async () => {
  const job = server.addJob().begin();
  server.always = { stream: { status: 500 }, snapshot: { status: 500 } };
  const seen = observe(server, job, { transports: ["sse", "poll"] });
  await until(seen.watch, () => seen.connections.length > 8);
  const pauses = seen.connections.map(({ retryInMs }) => retryInMs).filter((ms) => ms !== undefined);
  server.always = {};
  job.end();
  await within(seen.watch.done);

  assert.deepEqual(tried(seen).slice(0, 4), ["sse", "poll", "sse", "poll"]);
  assert.deepEqual(pauses.slice(0, 6), [2.5, 5, 10, 20, 25, 25]);
  assert.deepEqual(seen.seqs(), [4]);
});

test("the first pause and the longest have the ceilings that were asked for", async () => {
  const { backoffMs, DEFAULT_TIMING } = await import("../../../wwwroot-assets/js/timing.js");
  const most = { ...DEFAULT_TIMING, random: () => 1 };

  assert.deepEqual([0, 1, 2, 3, 6, 5000].map((failures) => backoffMs(failures, most)), [500, 500, 1000, 2000, 15_000, 15_000]);
  assert.equal(backoffMs(9, { ...most, random: () => 0 }), 0);
});

test("polling as a fallback tries the better transport again after its term", async () => {
  const job = server.addJob().begin();
  server.longPollMs = 30;
  server.faults.stream = [{ status: 500 }, { status: 500 }];
  const seen = observe(server, job, { transports: ["sse", "poll"], timing: { ...FAST, pollTermMs: 60 } });
  await until(seen.watch, () => opened(seen).at(-1) === "sse");
  job.end();
  await within(seen.watch.done);
  server.longPollMs = 400;

  assert.deepEqual(opened(seen), ["poll", "sse"]);
  assert.deepEqual(seen.seqs(), [4]);
});

test("a server that was away for a while is found again", async () => {
  const job = server.addJob().begin();
  const port = Number(new URL(server.url).port);
  const seen = observe(server, job, { signalR });
  await until(seen.watch, () => seen.watch.connection.state === "open");

  const { StandInServer } = await import("../support/stand-in-server.mjs");
  const next = new StandInServer();
  next.jobs = server.jobs;
  await server.close();
  job.partial(0);
  await until(seen.watch, () => seen.connections.length > 6);
  await next.listen(port);
  job.partial(1);
  job.end();
  await within(seen.watch.done);
  await next.close();

  assert.deepEqual(seen.seqs(), [4, 5, 6]);
});
