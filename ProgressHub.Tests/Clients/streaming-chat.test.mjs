import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { EventSource } from "eventsource";
import {
  codeBelow, HANDLER_OF_ENHANCED, HANDLER_OF_STREAMING, HOOK_OF_ENHANCED, HOOK_OF_STREAMING,
} from "./support/chat-documents.mjs";
import { mount } from "./support/hooks.mjs";
import { serverUrl } from "./support/real-server.mjs";

// The code that the documents print runs here as it stands; what it expects of a page around it is made up.
const ENHANCED = "2-enhanced-rag-progress.md";
const STREAMING = "3-streaming-processor.md";
const LIMIT = { timeout: 60_000 };
const STAGES = ["processing", "analyzing_rag", "generating_llm", "completed"];

let server;
before(() => { server = serverUrl(); });

/** As in a page of the server: addresses are relative to it. */
class PageEventSource extends EventSource {
  constructor(address) { super(new URL(address, server)); }
}

const ask = async () => {
  const response = await fetch(`${server}/api/v1/streaming-chat/ask-question`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: "Bearer a-token" },
    body: JSON.stringify({ deity_id: "guan_yu", fortune_number: 40, question: "我下週的面試會順利嗎？", enable_streaming: true, language: "zh" }),
  });
  return (await response.json()).task_id;
};

/** Runs a handler's code in a page of stand-ins; resolves once the stream says no more. */
async function runHandler(code, task) {
  const elements = {};
  const element = (id) => (elements[id] ??= { style: {}, children: [], appendChild(child) { this.children.push(child); } });
  const [calls, lines] = [[], []];
  const names = ["hideProgressBar", "showResult", "showSummary", "showError", "updateConnectionStatus"];
  // Where the code has functions of its own by these names, they are its own.
  if (!code.includes("function updateProgressBar")) names.push("updateProgressBar", "showProgressMessage");
  const page = Object.fromEntries(names.map((name) => [name, (...args) => calls.push([name, ...args])]));
  const ended = new Promise((resolve) => {
    page.EventSource = class extends PageEventSource {
      constructor(address) {
        super(address);
        // A handler that does not close is told by 204 that nothing is left: then the source is closed for good.
        this.addEventListener("error", () => { if (this.readyState === EventSource.CLOSED) resolve(); });
      }
    };
  });
  page.document = { getElementById: element, createElement: () => ({}) };
  page.console = { log: (line) => lines.push(line) };
  page.authToken = "a-token";
  new Function(...Object.keys(page), code.replaceAll("task_123", task))(...Object.values(page));
  await ended;
  return { elements, calls, lines };
}

const hook = (code, name) => (react) => {
  const component = code.indexOf("// Usage in component");
  const alone = (component < 0 ? code : code.slice(0, component)).replace(/^import .*$/m, "");
  const names = { ...react, EventSource: PageEventSource, console: { log() {}, error() {} } };
  return new Function(...Object.keys(names), `${alone}\nreturn ${name};`)(...Object.values(names));
};

describe("the handlers of the documents", LIMIT, () => {
  test("the one of enhanced progress shows every step, the answer and the summary", LIMIT, async () => {
    const code = codeBelow(ENHANCED, "### JavaScript EventSource", HANDLER_OF_ENHANCED);
    const { elements, calls } = await runHandler(code, await ask());

    assert.equal(elements["progress-bar"].style.width, "100%");
    assert.equal(elements["progress-text"].textContent, "100%");
    assert.equal(elements["progress-message"].textContent, "解釋生成完成！");
    assert.ok(elements["progress-log"].children.length >= 10);
    assert.match(elements["progress-log"].children[0].textContent, /processing: 5% - 初始化處理流程\.\.\.$/);
    assert.deepEqual(calls.map(([name]) => name).filter((name) => name !== "updateConnectionStatus"), ["hideProgressBar", "showResult", "showSummary"]);
    assert.ok(calls.find(([name]) => name === "showResult")[1].length > 10);
    assert.deepEqual(calls.find(([name]) => name === "showSummary")[1].stages_completed, STAGES);
  });

  test("the one of streaming progress shows the stage, the time and what is left", LIMIT, async () => {
    const code = codeBelow(STREAMING, "### JavaScript EventSource Handler", HANDLER_OF_STREAMING);
    const { elements, calls } = await runHandler(code, await ask());

    const shown = calls.filter(([name]) => name === "updateProgressBar").map(([, progress]) => progress);
    assert.deepEqual(shown, shown.toSorted((a, b) => a - b));
    assert.equal(shown.at(-1), 92);
    assert.ok(calls.filter(([name]) => name === "showProgressMessage").length >= 6, "updates while the engine works");
    assert.match(elements["current-stage"].textContent, /LLM/);
    assert.match(elements["elapsed-time"].textContent, /\d\.\d/);
    assert.match(elements["remaining-time"].textContent, /\d\.\d/);
  });
});

describe("the hooks of the documents", LIMIT, () => {
  test("the one of enhanced progress ends with the answer and without an error", LIMIT, async () => {
    const code = codeBelow(ENHANCED, "### React Hook Example", HOOK_OF_ENHANCED);
    const mounted = mount(hook(code, "useEnhancedProgress"), await ask(), "a-token");
    const state = await mounted.until(({ result, error }) => result || error);
    mounted.unmount();

    assert.equal(state.error, null);
    assert.equal(state.progress, 100);
    assert.equal(state.stage, "completed");
    assert.ok(state.result.response.length > 10);
    assert.equal(state.result.confidence, 100);
    assert.ok(state.progressHistory.length >= 10);
    assert.ok(state.progressHistory.every(({ timestamp }) => !Number.isNaN(Date.parse(timestamp))));
  });

  test("the one of streaming progress ends with the answer, after updates one by one", LIMIT, async () => {
    const code = codeBelow(STREAMING, "### React Hook for Real-Time Progress", HOOK_OF_STREAMING);
    const mounted = mount(hook(code, "useRealTimeProgress"), await ask(), "a-token");
    const state = await mounted.until(({ result, error }) => result || error);
    mounted.unmount();

    assert.equal(state.error, null);
    assert.equal(state.progress, 100);
    assert.ok(state.elapsedTime > 0);
    assert.ok(state.progressHistory.some(({ stage }) => stage === "LLM推理_processing"));
    assert.equal(state.progressHistory.at(-1).stage, "LLM推理_complete");
  });
});
