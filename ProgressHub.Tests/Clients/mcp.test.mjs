// The official clients of the Model Context Protocol against a real server: that of the protocols with sessions
// (@modelcontextprotocol/sdk) and that of 2026-07-28 (@modelcontextprotocol/client).
import assert from "node:assert/strict";
import { test } from "node:test";
import { ElicitRequestSchema, ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import {
  ambiguous, api, long, protocol, report, said, short, startExternal, until, withClient, withSession,
} from "./support/mcp.mjs";

const clients = { "a session": withSession, [protocol]: withClient };
for (const [name, connected] of Object.entries(clients)) {
  test(`${name}: each workload is a tool with its schema`, () => connected({}, async (client) => {
    const { tools } = await client.listTools();
    const { workloads } = await api("/api/workloads");
    for (const workload of workloads) {
      const tool = tools.find((candidate) => candidate.name === workload.kind);
      assert.deepEqual(tool.inputSchema, workload.inputSchema);
      assert.equal(tool.title, workload.label);
      assert.ok(tool.description.startsWith(workload.description));
    }
    assert.ok(tools.some((tool) => tool.name === "job_status"));
  }));

  test(`${name}: a call tells of its progress, which only rises, and answers with the result`, () => connected({}, async (client) => {
    const told = [];
    const result = await client.callTool({ name: "translation", arguments: short }, ...name === protocol ? [{ onprogress: (p) => told.push(p) }] : [undefined, { onprogress: (p) => told.push(p) }]);

    const id = result._meta["progresshub/jobId"];
    const { text: translated } = await api(`/api/jobs/${id}/result`, { headers: { Accept: "application/json" } });
    assert.equal(result.content[0].text, translated);
    assert.match(said(result), /engine pseudo/);
    assert.ok(told.length >= 2);
    assert.ok(told[0].message.startsWith(`Job ${id}: `));
    told.forEach((step, i) => {
      assert.equal(step.total, 100);
      assert.ok(i === 0 || step.progress > told[i - 1].progress);
    });
    assert.equal(told.at(-1).progress, 100);
  }));

  test(`${name}: an input that is not acceptable is an error with code and property`, () => connected({}, async (client) => {
    const result = await client.callTool({ name: "translation", arguments: { text: 5 } });

    assert.equal(result.isError, true);
    assert.equal(result.structuredContent.code, "invalid_input");
    assert.equal(result.structuredContent.property, "text");
    await assert.rejects(client.callTool({ name: "nothing", arguments: {} }), /There is no tool 'nothing'/);
  }));

  test(`${name}: a job's log, result and files are resources`, () => connected({}, async (client) => {
    const uploaded = said(await client.callTool({ name: "upload_file", arguments: { name: "sales.csv", text: "city,amount\nOslo,3\nRome,4\n" } }));
    const file = uploaded.match(/Its id: ([0-9a-f]{32})/)[1];
    const result = await client.callTool({ name: "analysis", arguments: { file, question: "What is the total amount?" } });
    assert.notEqual(result.isError, true, said(result));
    const base = `progresshub://jobs/${result._meta["progresshub/jobId"]}`;
    const read = async (uri) => (await client.readResource({ uri })).contents[0];

    assert.match((await read(`${base}/log`)).text, /attempt 1 began/);
    assert.match((await read(`${base}/log`)).text, /succeeded after \d+ ms\n$/);
    assert.equal((await read(`${base}/result`)).text, result.content[0].text);
    assert.equal(JSON.parse((await read(base)).text).state, "succeeded");
    assert.equal(JSON.parse((await read(`${base}/files`)).text).files[0].id, file);
    assert.equal((await read(`${base}/files/sales.csv`)).text, "city,amount\nOslo,3\nRome,4\n");
    const { resources } = await client.listResources();
    assert.ok(resources.some((resource) => resource.uri === `${base}/log`));
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.ok(resourceTemplates.some((template) => template.uriTemplate === "progresshub://jobs/{id}/log{?after}"));
    await assert.rejects(read("progresshub://jobs/00000000000000000000000000000000/log"), /There is no such resource/);
    await assert.rejects(read("file:///etc/passwd"));
  }));

  test(`${name}: an external job is handed out with its token, and stopped by a tool`, () => connected({}, async (client) => {
    const { id, token } = await startExternal(client);
    await report(id, token, { number: 1, log: { message: "I have begun." } });
    const running = said(await client.callTool({ name: "job_status", arguments: { jobId: id } }));
    assert.match(running, /is running/);
    await client.callTool({ name: "job_cancel", arguments: { jobId: id } });
    const ended = await client.callTool({ name: "job_status", arguments: { jobId: id, waitSeconds: 20 } });
    assert.equal(ended.isError, true);
    assert.equal(ended.structuredContent.state, "canceled");
  }));

  test(`${name}: whose client can't ask answers a job's question by a tool`, () => connected({}, async (client) => {
    const asked = await client.callTool({ name: "analysis", arguments: await ambiguous(client) });
    const jobId = asked._meta["progresshub/jobId"];
    assert.notEqual(asked.isError, true);
    assert.match(said(asked), /waits for an answer/);
    const requestId = said(asked).match(/requestId (\S+)\)/)[1];
    const wrong = await client.callTool({ name: "job_answer", arguments: { jobId, requestId, answer: "nonsense" } });
    assert.equal(wrong.structuredContent.code, "invalid_answer");
    const answer = said(asked).match(/The answer is one of: ([^,.\n]+)/)[1];
    await client.callTool({ name: "job_answer", arguments: { jobId, requestId, answer } });

    const ended = await client.callTool({ name: "job_status", arguments: { jobId, waitSeconds: 30 } });
    assert.match(said(ended), /succeeded in/);
  }));
}

test("a session's client puts a job's question to its person while the call waits", () => withSession({ elicitation: {} }, async (client) => {
  const questions = [];
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    questions.push(params);
    return { action: "accept", content: { answer: params.requestedSchema.properties.answer.enum[0] } };
  });
  const result = await client.callTool({ name: "analysis", arguments: await ambiguous(client) });

  assert.equal(questions.length, 1);
  assert.match(said(result), /succeeded in/);
}));

test(`${protocol}: a call is answered with the question, and repeated with the answer`, () => withClient({ elicitation: { form: {} } }, async (client) => {
  const questions = [];
  client.setRequestHandler("elicitation/create", ({ params }) => {
    questions.push(params);
    return { action: "accept", content: { answer: params.requestedSchema.properties.answer.enum[0] } };
  });
  const result = await client.callTool({ name: "analysis", arguments: await ambiguous(client) });

  assert.equal(questions.length, 1);
  assert.match(said(result), /succeeded in/);
  const { jobs } = await api("/api/jobs?kind=analysis&limit=1");
  assert.equal(jobs[0].jobId, result._meta["progresshub/jobId"], "One job, and no second one for the repeated call.");
}));

test(`${protocol}: a person who declines leaves the question to a tool`, () => withClient({ elicitation: { form: {} } }, async (client) => {
  client.setRequestHandler("elicitation/create", () => ({ action: "decline" }));
  const asked = await client.callTool({ name: "analysis", arguments: await ambiguous(client) });

  assert.match(said(asked), /waits for an answer/);
  await client.callTool({ name: "job_cancel", arguments: { jobId: asked._meta["progresshub/jobId"] } });
}));

test("a session cancels its job by a notification, and a lost connection does not", async () => {
  const begun = (client, options) => {
    let id;
    const call = client.callTool({ name: "translation", arguments: long }, undefined, {
      ...options,
      onprogress: (step) => { id ??= step.message.match(/^Job ([0-9a-f]{32}): /)[1]; },
    }).catch((error) => error);
    return until(() => id, "the job is named").then((job) => ({ job, call }));
  };

  const stop = new AbortController();
  const cancelled = await withSession({}, async (client) => {
    const { job, call } = await begun(client, { signal: stop.signal });
    stop.abort();
    await call;
    await until(async () => (await api(`/api/jobs/${job}`)).state === "canceled", "the job is canceled");
    return job;
  });
  assert.ok(cancelled);

  const { job } = await withSession({}, (client) => begun(client, {}));
  const after = await api(`/api/jobs/${job}`);
  assert.ok(["queued", "running"].includes(after.state), after.state);
  await api(`/api/jobs/${job}/cancel`, { method: "POST" });
});

test("a session is told of a resource that changes, until it unsubscribes", () => withSession({}, async (client) => {
  const told = [];
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => { told.push(params.uri); });
  const { id, token } = await startExternal(client);
  const uri = `progresshub://jobs/${id}/log`;
  await client.subscribeResource({ uri });
  await report(id, token, { number: 1, log: { message: "I have begun." } });
  await until(() => told.includes(uri), "the session is told");
  assert.match((await client.readResource({ uri })).contents[0].text, /info I have begun\./);

  await client.unsubscribeResource({ uri });
  await client.callTool({ name: "job_cancel", arguments: { jobId: id } });
}));
