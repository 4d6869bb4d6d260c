import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as signalR from "@microsoft/signalr";
import { EventSource } from "eventsource";
import { observe, standIn, until, upTo, within } from "../support/watching.mjs";

const server = await standIn();

/** Each way to watch, with what it needs in Node. */
const WAYS = {
  signalr: { transports: ["signalr"], signalR },
  sse: { transports: ["sse"] },
  "sse with EventSource": { transports: ["sse"], EventSource },
  poll: { transports: ["poll"] },
};

for (const [name, options] of Object.entries(WAYS)) {
  describe(`over ${name}`, () => {
    test("a watch sees the present, then every event until the end", async () => {
      const job = server.addJob().begin();
      const { watch, events, seqs, snapshots } = observe(server, job, options);
      await until(watch, () => watch.snapshot && watch.connection.state === "open");
      assert.deepEqual(snapshots.map((snapshot) => snapshot.seq), [3]);

      job.partial(0);
      job.progress(0.5);
      await until(watch, () => watch.cursor === 5);
      job.partial(1, { ok: false, error: "No." });
      job.end();
      const last = await within(watch.done);

      assert.deepEqual(seqs(), [4, 5, 6, 7]);
      assert.deepEqual(events, job.after(3).map((event) => JSON.parse(JSON.stringify(event))));
      assert.equal(last.state, "succeeded");
      assert.deepEqual(last.partials, { ok: 1, failed: 1, total: 3 });
      assert.equal(watch.connection.state, "closed");
    });

    test("a watch from 0 replays the whole log", async () => {
      const job = server.addJob().begin();
      job.partial(0);
      job.end();
      const { watch, seqs } = observe(server, job, { ...options, after: 0 });
      await within(watch.done);

      assert.deepEqual(seqs(), [1, 2, 3, 4, 5]);
    });

    test("a job that has ended still tells of its end", async () => {
      const job = server.addJob().begin();
      job.end("failed", { error: { code: "engine_unavailable", message: "No engine." } });
      const { watch, seqs } = observe(server, job, options);
      const last = await within(watch.done);

      assert.deepEqual(seqs(), [4]);
      assert.equal(last.error.code, "engine_unavailable");
    });

    test("a watch with nothing left to see ends at once, and asks no more", async () => {
      const job = server.addJob().begin();
      job.end();
      const { watch, seqs } = observe(server, job, { ...options, after: 4 });
      const last = await within(watch.done);
      const asked = server.requests.length;
      await new Promise((resolve) => setTimeout(resolve, 120));

      assert.deepEqual(seqs(), []);
      assert.equal(last.state, "succeeded");
      assert.equal(server.requests.length, asked);
    });

    test("a watch goes on from its cursor when every connection is cut", async () => {
      const job = server.addJob().begin();
      const { watch, seqs } = observe(server, job, options);
      await until(watch, () => watch.cursor === 3);

      for (let round = 0; round < 3; round++) {
        job.partial(round);
        await until(watch, () => watch.cursor === job.seq);
        server.cutAll();
        job.log.length < 9 && job.progress(round / 4);
      }
      job.end();
      await within(watch.done);

      assert.deepEqual(seqs(), upTo(job.seq, 4));
    });

    test("an unknown job is an error at once, without a second try", async () => {
      const before = server.requests.length;
      const { watch, connections } = observe(server, "f".repeat(32), options);
      await assert.rejects(within(watch.done), { code: "job_not_found", status: 404 });
      await new Promise((resolve) => setTimeout(resolve, 60));

      assert.equal(watch.error.code, "job_not_found");
      assert.equal(connections.at(-1).state, "closed");
      assert.ok(server.requests.length - before <= 2);
    });

    test("an abort ends it promptly", async () => {
      const job = server.addJob().begin();
      const abort = new AbortController();
      const { watch } = observe(server, job, { ...options, signal: abort.signal });
      await until(watch, () => watch.cursor === 3 && watch.connection.state === "open");
      const iteration = (async () => {
        for await (const event of watch) assert.fail(event.type);
      })();

      abort.abort(new Error("Enough."));

      await within(iteration, "the iteration");
      await assert.rejects(within(watch.done), { message: "Enough." });
      assert.equal(watch.error, null);
      assert.equal(watch.connection.state, "closed");
      job.end();
    });
  });
}

test("events that outrun the hub's answer wait for it", async () => {
  const job = server.addJob().begin();
  server.faults.hub.push({ early: (early) => { early.partial(0); early.partial(1); } });
  const { watch, seqs } = observe(server, job, WAYS.signalr);
  await until(watch, () => watch.cursor === 5);
  job.end();
  await within(watch.done);

  assert.deepEqual(seqs(), [4, 5, 6]);
});

test("a hub connection that dies in the middle is resumed by cursor", async () => {
  const job = server.addJob().begin();
  server.faults.hub.push({ cutAtEvent: 5 });
  const { watch, seqs } = observe(server, job, WAYS.signalr);
  await until(watch, () => watch.cursor === 3);
  job.partial(0);
  job.partial(1);
  job.partial(2);
  await until(watch, () => watch.cursor === 6);
  job.end();
  await within(watch.done);

  assert.deepEqual(seqs(), [4, 5, 6, 7]);
});
