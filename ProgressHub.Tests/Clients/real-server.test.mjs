import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import * as signalR from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { EventSource } from "eventsource";
import { applyEvent, emptySnapshot, EVENT_TYPES, watchJob } from "../../wwwroot-assets/js/progress-hub.js";
import {
  assertSameEvents, finalSnapshot, finishedLog, getJson, lasting, serverUrl, submit, watchWithEventSource, watchWithSignalR,
} from "./support/real-server.mjs";

const LIMIT = { timeout: 60_000 };

/** Each way to watch, with what it needs in Node. */
const WAYS = {
  signalr: { transports: ["signalr"], signalR },
  "signalr as MessagePack": { transports: ["signalr"], signalR, hubProtocol: new MessagePackHubProtocol() },
  sse: { transports: ["sse"] },
  "sse with EventSource": { transports: ["sse"], EventSource },
  poll: { transports: ["poll"] },
};

let server;
before(() => { server = serverUrl(); });

const addressOf = (jobId) => `${server}/api/jobs/${jobId}`;

async function eventsOf(watch) {
  const events = [];
  for await (const event of watch) events.push(event);
  return events;
}

describe("one job watched in every way at once", LIMIT, () => {
  test("all see the same events, word for word", LIMIT, async () => {
    const jobId = await submit(server, "Watched in every way");
    const watches = Object.entries(WAYS).map(([name, options]) =>
      [name, eventsOf(watchJob(addressOf(jobId), { ...options, after: 0 }))]);
    const plainSignalR = watchWithSignalR(server, jobId, 0);
    const plainEventSource = watchWithEventSource(server, jobId, EVENT_TYPES);
    const log = await finishedLog(server, jobId);

    assert.deepEqual(log.map(({ seq }) => seq), log.map((_, index) => index + 1));
    assert.equal(log.filter(({ type }) => type === "done").length, 1);
    assert.equal(log.at(-1).type, "done");
    assert.equal(log.at(-1).state, "succeeded");
    assert.ok(log.filter(({ type }) => type === "partial").length > 10, "many partials");
    for (const [name, events] of watches) assertSameEvents(await events, log, 0, name);
    assertSameEvents((await plainSignalR).events, log, 0, "@microsoft/signalr");
    assertSameEvents((await plainEventSource).events, log, 0, "eventsource");
  });
});

describe("a job that has ended", LIMIT, () => {
  let jobId;
  let log;
  before(async () => {
    jobId = await submit(serverUrl(), "Ended");
    log = await finishedLog(server, jobId);
  });

  for (const [name, options] of Object.entries(WAYS)) {
    test(`${name}: without a cursor only the end is told, and the state is the server's`, LIMIT, async () => {
      const watch = watchJob(addressOf(jobId), options);
      assert.deepEqual(await eventsOf(watch), [log.at(-1)]);
      assert.deepEqual(lasting(watch.snapshot), lasting(await finalSnapshot(server, jobId)));
    });

    test(`${name}: resumes after any cursor`, LIMIT, async () => {
      for (const after of [1, Math.floor(log.length / 2), log.length - 1, log.length]) {
        const events = await eventsOf(watchJob(addressOf(jobId), { ...options, after }));
        assert.ok(events.every(({ seq }) => seq > after));
        assertSameEvents(events, log, after, `after ${after}`);
      }
    });

    test(`${name}: gives the result`, LIMIT, async () => {
      const result = await watchJob(addressOf(jobId), options).result();
      assert.equal(result.state, "succeeded");
      assert.ok((await result.text()).length > 1000);
    });

    test(`${name}: an unknown job is refused`, LIMIT, async () => {
      await assert.rejects(watchJob(addressOf("f".repeat(32)), options).done, { status: 404, final: true });
    });
  }

  test("the client's fold of the whole log is the server's snapshot", LIMIT, async () => {
    const folded = log.reduce(applyEvent, emptySnapshot(jobId));
    assert.deepEqual(lasting(folded), lasting(await getJson(addressOf(jobId))));
  });

  test("every stream begins with the snapshot as of its cursor", LIMIT, async () => {
    const cursor = Math.floor(log.length / 2);
    const { frames } = await watchWithEventSource(server, jobId, EVENT_TYPES, cursor);
    assert.deepEqual(frames[0], { type: "snapshot", id: String(cursor), seq: cursor });
    assert.ok(frames.slice(1).every(({ id, seq }) => id === String(seq)));

    const { snapshot, events } = await watchWithSignalR(server, jobId, cursor);
    const folded = log.slice(0, cursor).reduce(applyEvent, emptySnapshot(jobId));
    assert.deepEqual(lasting(snapshot), lasting(folded));
    assertSameEvents(events, log, cursor, "@microsoft/signalr");
  });

  test("a stream with nothing left to say answers 204", LIMIT, async () => {
    const headers = { Accept: "text/event-stream", "Last-Event-ID": String(log.length) };
    assert.equal((await fetch(`${addressOf(jobId)}/events`, { headers })).status, 204);
  });
});

test("a watch handed from transport to transport misses nothing and repeats nothing", LIMIT, async () => {
  const jobId = await submit(server, "Handed over");
  const received = [];
  let after = 0;
  for (let turn = 0, ended = false; !ended; turn++) {
    const options = Object.values(WAYS)[turn % 4];
    const watch = watchJob(addressOf(jobId), { ...options, after });
    for await (const event of watch) {
      received.push(event);
      after = event.seq;
      ended = event.type === "done";
      if (received.length % 5 === 0) break;
    }
    watch.close();
  }
  assertSameEvents(received, await finishedLog(server, jobId), 0, "handed over");
});
