import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { EventSource } from "eventsource";
import { FAST, observe, standIn, until, upTo, within } from "../support/watching.mjs";

const server = await standIn();
beforeEach(() => {
  server.requests = [];
  server.always = {};
});

for (const [name, options] of Object.entries({ "fetch": {}, EventSource: { EventSource } })) {
  describe(`a stream read with ${name}`, () => {
    const sse = { transports: ["sse"], ...options };

    /** A job of 8 events, watched over streams with these faults. */
    async function watchWith(faults, more = {}) {
      const job = server.addJob().begin();
      for (let index = 0; index < 4; index++) job.partial(index);
      job.end();
      server.faults.stream = faults;
      const seen = observe(server, job, { ...sse, after: 2, ...more });
      await within(seen.watch.done);
      return { ...seen, job };
    }

    test("is resumed after a cut in the middle of a frame", async () => {
      const { seqs } = await watchWith([{ cutAtEvent: 5 }, { cutAtEvent: 7 }]);
      assert.deepEqual(seqs(), upTo(8, 3));
    });

    test("delivers nothing twice", async () => {
      const { seqs } = await watchWith([{ duplicate: true, cutAtEvent: 6 }, { duplicate: true, from: 0 }]);
      assert.deepEqual(seqs(), upTo(8, 3));
    });

    test("may begin with a snapshot that is out of date", async () => {
      const { seqs, snapshots } = await watchWith([{ cutAtEvent: 6 }, { snapshotSeq: 1 }]);
      assert.deepEqual(seqs(), upTo(8, 3));
      assert.deepEqual(snapshots.map((snapshot) => snapshot.seq), [2, 3, 4, 5, 6, 7, 8]);
    });

    test("is given up when it falls silent", async () => {
      const { seqs } = await watchWith([{ stallAtEvent: 5 }]);
      assert.deepEqual(seqs(), upTo(8, 3));
    });

    test("may come in single bytes", async () => {
      const { events, job } = await watchWith([{ chunk: 1 }]);
      assert.deepEqual(events, JSON.parse(JSON.stringify(job.after(2))));
    });

    test("that skips events is not believed: the next transport fills the gap", async () => {
      const gap = { snapshotSeq: 5 };
      const { seqs } = await watchWith([gap, gap, gap], { transports: ["sse", "poll"] });
      assert.deepEqual(seqs(), upTo(8, 3));
    });

    test("that is not one is an error of the transport", async () => {
      const page = { status: 200, headers: { "Content-Type": "text/html" }, body: "<p>Sign in</p>" };
      const { seqs } = await watchWith([page, page], { transports: ["sse", "poll"] });
      assert.deepEqual(seqs(), upTo(8, 3));
    });

    test("stays open while there are heartbeats", async () => {
      const job = server.addJob().begin();
      server.faults.stream = [{ heartbeatMs: 60 }];
      const { watch } = observe(server, job, sse);
      await until(watch, () => watch.cursor === 3);
      await new Promise((resolve) => setTimeout(resolve, 500));

      assert.equal(server.count("stream"), 1);
      job.end();
      await within(watch.done);
    });

    test("that is always cut after its first frame does not keep us from the next transport", async () => {
      const job = server.addJob().begin();
      server.faults.stream = [];
      server.always.stream = { endAtEvent: 4 };
      const { watch, seqs } = observe(server, job, {
        ...sse, transports: ["sse", "poll"], timing: { ...FAST, openMs: 60_000 },
      });
      await until(watch, () => watch.cursor === 3);
      job.partial(0);
      job.partial(1);
      job.end();
      await within(watch.done);

      assert.deepEqual(seqs(), [4, 5, 6]);
      assert.ok(server.count("stream") <= 5, `${server.count("stream")} streams`);
    });
  });
}

test("the server's last retry is obeyed before the stream is opened again", async () => {
  const job = server.addJob().begin();
  server.faults.stream = [{ endAtEvent: 4, retry: 300 }];
  const { watch, connections } = observe(server, job, { transports: ["sse"] });
  await until(watch, () => watch.cursor === 3);
  job.partial(0);
  job.end();
  await within(watch.done);

  const [first, second] = server.requests.filter((request) => request.kind === "stream");
  assert.ok(second.at - first.at >= 290);
  assert.ok(connections.some(({ state, retryInMs }) => state === "reconnecting" && retryInMs === 300));
});

for (const status of [503, 429]) {
  test(`Retry-After of ${status} is obeyed`, async () => {
    const job = server.addJob().begin();
    job.end();
    server.faults.stream = [{ status, headers: { "Retry-After": "1" } }];
    const { watch, seqs } = observe(server, job, { transports: ["sse"] });
    await within(watch.done);

    const [first, second] = server.requests.filter((request) => request.kind === "stream");
    assert.ok(second.at - first.at >= 990);
    assert.deepEqual(seqs(), [4]);
  });
}

for (const status of [401, 403, 404, 410]) {
  test(`${status} is final, whichever transports are left`, async () => {
    const job = server.addJob().begin();
    server.faults.stream = [{ status, code: "no_way" }];
    const { watch } = observe(server, job, { transports: ["sse", "poll"] });
    await assert.rejects(within(watch.done), { name: "JobWatchError", code: "no_way", status, final: true });

    assert.equal(server.requests.length, 1);
  });
}

test("204 for a job that goes on is no end", async () => {
  const job = server.addJob().begin();
  server.faults.stream = [{ status: 204 }];
  const { watch, seqs } = observe(server, job, { transports: ["sse"], after: 3 });
  await until(watch, () => watch.connection.state === "open");
  job.end();
  await within(watch.done);

  assert.deepEqual(seqs(), [4]);
});

test("polling pages through a long log, and asks no more than once for each piece of news", async () => {
  const job = server.addJob().begin();
  for (let index = 0; index < 50; index++) job.partial(index);
  server.always.page = { limit: 7 };
  const { watch, seqs } = observe(server, job, { transports: ["poll"], after: 0 });
  await until(watch, () => watch.cursor === 53);
  server.always = {};
  job.end();
  await within(watch.done);

  assert.deepEqual(seqs(), upTo(54));
  assert.ok(server.requests.length <= 8 + 5, `${server.requests.length} requests`);
});

test("a server that does not hold a poll back is not asked in a tight loop", async () => {
  const job = server.addJob().begin();
  server.longPollMs = 0;
  const { watch } = observe(server, job, { transports: ["poll"] });
  await until(watch, () => watch.connection.state === "open");
  await new Promise((resolve) => setTimeout(resolve, 200));
  job.end();
  await within(watch.done);
  server.longPollMs = 400;

  assert.ok(server.count("snapshot") <= 14, `${server.count("snapshot")} requests`);
});

test("a poll that gets no answer is given up", async () => {
  const job = server.addJob().begin();
  job.end();
  server.faults.snapshot = [{ hang: true }];
  const { watch, seqs } = observe(server, job, { transports: ["poll"] });
  await within(watch.done);

  assert.deepEqual(seqs(), [4]);
});
