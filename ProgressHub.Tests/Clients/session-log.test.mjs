// The handler of a session log's front end, as its document prints it, on the real server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { EventSource } from "eventsource";

const server = process.env.PROGRESSHUB_URL, handler = process.env.SESSION_HANDLER;
const LAST = "Analysis results ready for display";

test("the handler hears every line once, across two questions, and nothing else", async () => {
  const sid = `node-${process.pid}-${Date.now()}`;
  let logs = [], latencies = [], heard = () => {};
  const setLogs = change => {
    logs = change(logs);
    latencies.push(Date.now() - Date.parse(logs.at(-1).timestamp));
    heard();
  };
  const useRef = current => ({ current });
  const source = new Function("EventSource", "progressUrl", "setLogs", "useRef", `${handler}; return eventSourceRef.current;`)(
    EventSource, `${server}/api/progress/${sid}`, setLogs, useRef);
  try {
    for (const count of [1, 2]) {
      const answer = await (await fetch(`${server}/analyze`, {
        method: "POST", headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ question: "What stocks have highest volatility?", session_id: sid }),
      })).json();
      assert.equal(answer.success, true, JSON.stringify(answer));
      while (logs.filter(log => log.message === LAST).length < count)
        await new Promise(resolve => heard = resolve);
    }
  } finally {
    source.close();
  }

  assert.equal(new Set(logs.map(log => log.id)).size, logs.length);
  assert.equal(logs[0].message, 'Processing question: "What stocks have highest volatility?"');
  for (const log of logs) {
    assert.ok(["info", "success", "warning", "error"].includes(log.level));
    assert.ok(Number.isInteger(log.step) && log.totalSteps === 5);
  }
  console.log(`${logs.length} lines, from event to handler at most ${Math.max(...latencies)} ms, median ${latencies.sort((a, b) => a - b)[latencies.length >> 1]} ms`);
});
