import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as signalR from "@microsoft/signalr";
import { EventSource } from "eventsource";
import WebSocket from "ws";
import { watchJob } from "../../wwwroot-assets/js/progress-hub.js";

// The client with a key, against a server in which programs show one. As in a browser no header goes with a WebSocket.
const LIMIT = { timeout: 60_000 };
const server = process.env.PROGRESSHUB_URL;
const accessToken = process.env.PROGRESSHUB_KEY;
const release = Object.getOwnPropertyDescriptor(process, "release");

before(() => {
  assert.ok(server && accessToken, "Set PROGRESSHUB_URL and PROGRESSHUB_KEY.");
  Object.defineProperty(process, "release", { value: { name: "browser" }, configurable: true });
  globalThis.WebSocket = WebSocket;
});
after(() => Object.defineProperty(process, "release", release));

const ask = (path, init = {}) => fetch(`${server}${path}`, {
  ...init, headers: { "Content-Type": "application/json", Authorization: `Bearer ${accessToken}` },
});

for (const [name, options] of Object.entries({
  signalr: { transports: ["signalr"], signalR },
  "sse with EventSource": { transports: ["sse"], EventSource },
  "sse with fetch": { transports: ["sse"] },
  poll: { transports: ["poll"] },
})) {
  test(`${name}: a key watches its job to the end`, LIMIT, async () => {
    const response = await ask("/api/jobs", { method: "POST", body: JSON.stringify({ kind: "external", input: {} }) });
    assert.equal(response.status, 202, await response.clone().text());
    const { jobId } = await response.json();
    const watch = watchJob(jobId, { ...options, baseUrl: server, accessToken });
    const open = new Promise((resolve) => watch.on("connection", ({ state }) => state === "open" && resolve()));
    await open;
    assert.equal((await ask(`/api/jobs/${jobId}/cancel`, { method: "POST" })).ok, true);

    assert.equal((await watch.done).state, "canceled");
    assert.equal(watch.connection.transport, options.transports[0]);
  });
}

test("a wrong key ends a watch at once, and says so", LIMIT, async () => {
  const watch = watchJob("0".repeat(32), { baseUrl: server, accessToken: "phk_wrong", transports: ["sse"] });

  await assert.rejects(watch.done, ({ status, code }) => status === 401 && code === "unauthenticated");
});
