import { after } from "node:test";
import { watchJob } from "../../../wwwroot-assets/js/progress-hub.js";
import { StandInServer } from "./stand-in-server.mjs";

/** Everything a hundred times faster, and the same each time. */
export const FAST = {
  backoffMinMs: 5, backoffMaxMs: 50, openMs: 400, silenceMs: 250, steadyMs: 300, longPollSeconds: 1, pollFloorMs: 20,
  pollTermMs: 150, random: () => 0.5,
};

/** No test waits longer for anything. */
const LIMIT_MS = 30_000;

/** A server for the tests of a file. */
export async function standIn() {
  const server = await StandInServer.start();
  after(() => server.isOpen && server.close());
  return server;
}

/** Watches a job, and keeps all that it tells. */
export function observe(server, job, options = {}) {
  const watch = watchJob(`${server.url}/api/jobs/${job.id ?? job}`, { timing: FAST, ...options });
  const seen = { events: [], snapshots: [], connections: [] };
  watch.on("event", (event) => seen.events.push(event));
  watch.on("snapshot", (snapshot) => seen.snapshots.push(snapshot));
  watch.on("connection", (connection) => seen.connections.push(connection));
  return Object.assign(seen, { watch, seqs: () => seen.events.map((event) => event.seq) });
}

/** Resolves when the condition holds; looks again whenever the watch says anything. */
export function until(watch, condition, what = "the condition") {
  return within(new Promise((resolve) => {
    const offs = ["event", "snapshot", "connection", "end"].map((type) => watch.on(type, check));
    function check() {
      if (!condition()) return;
      offs.forEach((off) => off());
      resolve();
    }
    check();
  }), what);
}

/** Fails a test that would wait for ever. */
export async function within(promise, what = "this") {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${LIMIT_MS} ms for ${what}.`)), LIMIT_MS);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** 1, 2, …, n. */
export function upTo(n, from = 1) {
  return Array.from({ length: n - from + 1 }, (_, index) => from + index);
}
