// The official client of the Tasks extension (@modelcontextprotocol/ext-tasks) against a real server, and its notifications.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createTaskSessionFromClient, resultFromTaskOutcome } from "@modelcontextprotocol/ext-tasks/client";
import {
  ambiguous, api, endpoint, info, long, protocol, report, said, short, startExternal, text, until, withClient,
} from "./support/mcp.mjs";

const taskCapabilities = { elicitation: { form: {} }, extensions: { "io.modelcontextprotocol/tasks": {} } };
const framing = { protocolVersion: protocol, clientInfo: info, clientCapabilities: taskCapabilities };

/** The way of the Tasks client to the wire, which the SDK's own client does not open. */
let sent = 0;
async function dispatch(request, options) {
  const { method, params } = request;
  const name = params.name ?? params.taskId;
  const response = await fetch(endpoint, {
    method: "POST",
    signal: options?.signal,
    headers: {
      "Content-Type": "application/json", Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": protocol, "Mcp-Method": method, "Mcp-Name": name,
    },
    body: JSON.stringify({ jsonrpc: "2.0", id: ++sent, ...request }),
  });
  const lines = (await response.text()).split("\n").filter((line) => line.startsWith("data: "));
  const answer = JSON.parse(lines.at(-1).slice(6));
  return answer.error ? { kind: "error", error: answer.error } : { kind: "result", result: answer.result };
}

const withTasks = (onInputRequest, run) => withClient(taskCapabilities, async (client) => {
  const session = createTaskSessionFromClient(client, { endpointId: endpoint.href, rawDispatch: dispatch, v2RequestFraming: framing, onInputRequest });
  try {
    return await run(session, client);
  } finally {
    await session.close();
  }
});

test("the Tasks client runs a long job as a task and gets what a call would have answered", () => withTasks(undefined, async (session) => {
  const execution = await session.callTool("translation", long);
  const { outcome } = await execution.settle();
  const result = resultFromTaskOutcome(outcome);

  const id = result._meta["progresshub/jobId"];
  const job = await api(`/api/jobs/${id}`);
  assert.equal(job.state, "succeeded");
  assert.match(said(result), /Read on at progresshub:\/\/jobs\/[0-9a-f]{32}\/result\?offset=50000\]/);
}));

test("the Tasks client cancels a task, and its job is canceled", () => withTasks(undefined, async (session) => {
  const execution = await session.callTool("translation", { ...long, text: text.repeat(3) });
  await execution.cancel();
  const { outcome } = await execution.settle();

  assert.equal(outcome.status, "cancelled");
  await until(async () => (await api("/api/jobs?kind=translation&limit=1")).jobs[0].state === "canceled", "the job is canceled");
}));

test("the Tasks client answers the question of a task", async () => {
  const questions = [];
  const answer = (request) => {
    questions.push(request);
    return { action: "accept", content: { answer: request.params.requestedSchema.properties.answer.enum[0] } };
  };
  await withTasks(answer, async (session, client) => {
    const execution = await session.callTool("analysis", await ambiguous(client));
    const { outcome } = await execution.settle();

    assert.equal(questions.length, 1);
    assert.match(said(resultFromTaskOutcome(outcome)), /succeeded in/);
  });
});

test("the Tasks client gets the error of a failed job as the result of a completed task", () => withTasks(undefined, async (session) => {
  const execution = await session.callTool("translation", { ...short, engine: "apertium", sourceLanguage: "zz", targetLanguage: "qq" });
  const { outcome } = await execution.settle();

  assert.equal(outcome.status, "completed");
  assert.equal(resultFromTaskOutcome(outcome).isError, true);
}));

test("a task's news comes on a subscription", () => withClient(taskCapabilities, async (client) => {
  const { id, token } = await startExternal(client);
  const news = [];
  const stop = new AbortController();
  const response = await fetch(endpoint, {
    method: "POST",
    signal: stop.signal,
    headers: {
      "Content-Type": "application/json", Accept: "application/json, text/event-stream",
      "MCP-Protocol-Version": protocol, "Mcp-Method": "subscriptions/listen",
    },
    body: JSON.stringify({
      jsonrpc: "2.0", id: "news", method: "subscriptions/listen",
      params: {
        notifications: { taskIds: [id, "0".repeat(32)], resourceSubscriptions: [`progresshub://jobs/${id}/log`], toolsListChanged: true },
        _meta: {
          "io.modelcontextprotocol/protocolVersion": protocol, "io.modelcontextprotocol/clientInfo": info,
          "io.modelcontextprotocol/clientCapabilities": taskCapabilities,
        },
      },
    }),
  });
  const reading = (async () => {
    let rest = "";
    for await (const bytes of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + bytes).split("\n");
      rest = lines.pop();
      news.push(...lines.filter((line) => line.startsWith("data: ")).map((line) => JSON.parse(line.slice(6))));
    }
  })().catch(() => {});
  await until(() => news.length >= 2, "the state of the task is told");
  await report(id, token, { number: 1, log: { message: "I have begun." } });
  await api(`/api/jobs/${id}/complete`, {
    method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` }, body: "{}",
  });
  await until(() => news.some((message) => message.params?.status === "completed"), "the end of the task is told");
  stop.abort();
  await reading;

  assert.equal(news[0].method, "notifications/subscriptions/acknowledged");
  assert.deepEqual(news[0].params.notifications, { taskIds: [id], resourceSubscriptions: [`progresshub://jobs/${id}/log`] });
  assert.ok(news.every((message) => message.params._meta["io.modelcontextprotocol/subscriptionId"] === "news"));
  const ended = news.find((message) => message.params.status === "completed").params;
  assert.equal(ended.taskId, id);
  assert.match(said(ended.result), /succeeded in/);
  assert.ok(news.some((message) => message.method === "notifications/resources/updated"));
}));
