import assert from "node:assert/strict";
import * as signalR from "@microsoft/signalr";
import { EventSource } from "eventsource";

const TEXT = Array.from({ length: 40 }, (_, index) =>
  `Sentence ${index + 1}: the ferry leaves the harbour at nine, whatever the weather. Žluťoučký kůň, 日本語, 😀.`).join("\n\n");

/** The address of the server under test; it is an error to run these tests without one. */
export function serverUrl() {
  const url = process.env.PROGRESSHUB_URL;
  assert.ok(url, "Set PROGRESSHUB_URL to the address of a running server.");
  return url.replace(/\/+$/, "");
}

/** Submits a translation of many small batches. */
export async function submit(server, title) {
  const response = await fetch(`${server}/api/jobs`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      kind: "translation", title,
      input: { text: TEXT, format: "plain", targetLanguage: "xx", engine: "pseudo", batchCharacters: 200 },
    }),
  });
  assert.equal(response.status, 202, await response.clone().text());
  return (await response.json()).jobId;
}

/** The whole log, once the job has ended. */
export async function finishedLog(server, jobId) {
  await finalSnapshot(server, jobId);
  const events = [];
  for (let after = 0; after !== null;) {
    const page = await getJson(`${server}/api/jobs/${jobId}/events?after=${after}&limit=500`);
    events.push(...page.events);
    after = page.next;
  }
  return events;
}

/** The state of a job, once it has ended. */
export async function finalSnapshot(server, jobId) {
  for (let after = 0; ;) {
    const snapshot = await getJson(`${server}/api/jobs/${jobId}?wait=20&after=${after}`);
    if (snapshot.finishedAt) return snapshot;
    after = snapshot.seq;
  }
}

/** What SignalR's own client receives, from its cursor to the end. */
export async function watchWithSignalR(server, jobId, after) {
  const connection = new signalR.HubConnectionBuilder()
    .withUrl(`${server}/hubs/jobs`).configureLogging(signalR.LogLevel.Error).build();
  const batches = [];
  const ended = new Promise((resolve, reject) => {
    connection.on("events", (batch) => {
      batches.push(...batch);
      if (batch.some(({ type }) => type === "done")) resolve();
    });
    connection.onclose((error) => reject(error ?? new Error("The connection was closed.")));
  });
  ended.catch(() => {});
  try {
    await connection.start();
    const { snapshot, events } = await connection.invoke("Watch", jobId, after);
    if (!events.some(({ type }) => type === "done")) await ended;
    const cursor = events.at(-1)?.seq ?? snapshot.seq;
    return { snapshot, events: [...events, ...batches.filter(({ seq }) => seq > cursor)] };
  } finally {
    await connection.stop();
  }
}

/** What a plain EventSource receives until the server's 204 closes it. */
export function watchWithEventSource(server, jobId, types, after = 0) {
  return new Promise((resolve) => {
    const events = [];
    const frames = [];
    const source = new EventSource(`${server}/api/jobs/${jobId}/events?after=${after}`);
    for (const type of ["snapshot", ...types]) {
      source.addEventListener(type, (message) => {
        const content = JSON.parse(message.data);
        frames.push({ type, id: message.lastEventId, seq: content.seq });
        if (type !== "snapshot") events.push(content);
      });
    }
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) resolve({ events, frames });
    });
  });
}

/**
 * The events are those of the log, in its order and word for word, from `after` on; none is missing but `progress`
 * that a later one supersedes.
 */
export function assertSameEvents(received, log, after = 0, what = "") {
  const seqs = received.map(({ seq }) => seq);
  assert.deepEqual(seqs, [...new Set(seqs)].sort((a, b) => a - b), `${what}: once and in order`);
  for (const event of received) assert.deepEqual(event, log[event.seq - 1], `${what}: event ${event.seq}`);

  const lastProgress = received.filter(({ type }) => type === "progress").at(-1)?.seq ?? 0;
  for (const missing of log.slice(after).filter(({ seq }) => !seqs.includes(seq))) {
    assert.equal(missing.type, "progress", `${what}: event ${missing.seq} is missing`);
    assert.ok(missing.seq < lastProgress, `${what}: progress ${missing.seq} is missing and nothing supersedes it`);
  }
}

export async function getJson(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  assert.equal(response.status, 200, `${url}: ${response.status}`);
  return response.json();
}

/** A snapshot without what the present moment adds, and without what is null. */
export function lasting({ serverTime, links, elapsedMs, queuePosition, stages, ...snapshot }) {
  const ended = stages.map(({ ms, ...stage }) => stage.state === "running" ? stage : { ...stage, ms });
  return JSON.parse(JSON.stringify({ ...snapshot, stages: ended }, (_, value) => value ?? undefined));
}
