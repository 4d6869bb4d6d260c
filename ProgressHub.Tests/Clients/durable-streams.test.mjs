import assert from "node:assert/strict";
import { before, test } from "node:test";
import { stream } from "@durable-streams/client";
import { finishedLog, serverUrl } from "./support/real-server.mjs";

/** The official client of Durable Streams reads a live job to its end; the server is killed meanwhile (DURABLE_JOB). */
const LIMIT = { timeout: 120_000 };

let server;
let jobId;
before(() => {
  server = serverUrl();
  jobId = process.env.DURABLE_JOB;
  assert.ok(jobId, "DURABLE_JOB names the job");
});

const addressOf = (path) => `${server}/api/jobs/${jobId}/${path}`;

/** Reads on from where the last batch ended, as the protocol says, until the stream is closed; returns how often it was cut off. */
async function follow(path, live, take) {
  let offset = "-1";
  let cuts = 0;
  for (;;) {
    try {
      const response = await stream({ url: addressOf(path), offset, live, warnOnHttp: false });
      await take(response, (batch) => { offset = batch.offset; });
      return cuts;
    } catch (error) {
      if (error.status >= 400 && error.status < 500) throw error;
      cuts++;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Waits for the batch that ends the stream: the client says that it is closed before it has handed that one out. */
const untilLast = (response, subscribe) => new Promise((resolve, reject) => {
  response.closed.catch(reject);
  subscribe((batch) => { if (batch.streamClosed) resolve(); });
});

const events = (live) => {
  const seen = [];
  const end = follow("events/stream", live, (response, note) => untilLast(response, (mark) => response.subscribeJson((batch) => {
    seen.push(...batch.items);
    note(batch);
    mark(batch);
  })));
  return end.then((cuts) => ({ seen, cuts }));
};

const lines = (live) => {
  let seen = "";
  const end = follow("log/stream", live, (response, note) => untilLast(response, (mark) => response.subscribeText((batch) => {
    seen += batch.text;
    note(batch);
    mark(batch);
  })));
  return end.then((cuts) => ({ seen, cuts }));
};

test("every event and every line once and in order, over long polls and server-sent events", LIMIT, async () => {
  const ways = { events: [events("long-poll"), events("sse"), events(true)], lines: [lines("long-poll"), lines("sse")] };
  console.log("reading");
  const read = { events: await Promise.all(ways.events), lines: await Promise.all(ways.lines) };

  const log = await finishedLog(server, jobId);
  for (const { seen } of read.events) assert.deepEqual(seen, log);
  const text = log.filter(({ type }) => type === "log").map(({ message }) => `${message}\n`).join("");
  for (const { seen } of read.lines) assert.equal(seen, text);
  assert.equal(log.at(-1).state, "succeeded");
  assert.ok(log.filter(({ type }) => type === "started").length > 1, "the server was killed in the middle");
  assert.ok(text.length > 0, "the job has a log");
  console.log(`cuts: ${[...read.events, ...read.lines].map(({ cuts }) => cuts)}`);
});

test("a closed stream is read at once, without a live mode", LIMIT, async () => {
  const log = await finishedLog(server, jobId);
  const response = await stream({ url: addressOf("events/stream"), offset: "-1", live: false, warnOnHttp: false });

  assert.deepEqual(await response.json(), log);
  assert.equal(response.streamClosed, true);
});
