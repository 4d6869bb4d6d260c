import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser } from "./support/browser.mjs";
import { servePages } from "./support/stand-in-page.mjs";
import { StandInServer } from "./support/stand-in-server.mjs";

/** The plain page in a real browser (CHROMIUM, or /usr/bin/chromium), with a server that can be made to fail. */
let server;
let browser;
before(async () => {
  server = await StandInServer.start();
  servePages(server);
  browser = await Browser.start();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const LIVE = 'document.getElementById("connection")?.dataset.connection === "open"';
const pieces = '[...document.querySelectorAll("#partials li")].map((item) => item.textContent)';
const attribute = (id, name) => `document.getElementById("${id}").getAttribute("${name}")`;

async function openLive(job, options) {
  const page = await browser.open(`${server.url}/watch/${job.id}`, options);
  await page.until(LIVE);
  return page;
}

test("a job is shown as it goes on, until its result", async () => {
  const job = server.addJob().begin("A letter");
  job.append("log", { level: "warning", message: "Line one", step: 1, totalSteps: 2 });
  job.partial(2);
  const page = await openLive(job);
  await page.until('document.querySelectorAll("#log li").length === 1 && document.querySelectorAll("#partials li").length === 1');

  job.partial(0);
  job.partial(1, { ok: false, text: undefined, error: "No answer." });
  job.append("log", { level: "success", message: "Line two" });
  job.append("usage", { inputTokens: 1200, outputTokens: 340, calls: 3, cost: 0.00125, currency: "USD" });
  job.progress(0.42, { current: 12, total: 47, unit: "batches" });
  await page.until(`${attribute("progress", "aria-valuenow")} === "42"`);

  assert.equal(await page.text("percent"), "42");
  assert.equal(await page.text("message"), "12 of 47 batches");
  assert.equal(await page.text("usage"), "1,200 + 340 tokens, 0.00125 USD");
  assert.equal(await page.value(attribute("progress", "role")), "progressbar");
  assert.deepEqual((await page.value(pieces)).map((text) => text.slice(0, 7)), ["Piece 0", "No answ", "Piece 2"]);
  assert.doesNotMatch((await page.value(pieces)).at(-1), /[\r\n]$/, "no hole in the list after a piece");
  assert.match(await page.text("log"), /Warning:[\s\S]*1\/2[\s\S]*Line one[\s\S]*Success:[\s\S]*Line two/);
  assert.match(await page.value("document.title"), /^42 % · A letter/);

  job.end();
  await page.until('!document.getElementById("result").hidden');
  assert.equal(await page.text("percent"), "100");
  assert.equal(await page.text("state"), "Succeeded, 1 failed");
  assert.equal(await page.value('document.getElementById("cancel").hidden'), true);
  assert.equal(await page.value('document.getElementById("result").href'), `${server.url}/api/jobs/${job.id}/result`);
  await page.until('document.getElementById("connection").textContent === "Up to date"');
  assert.deepEqual(page.errors, []);
});

test("what has no answer, or failed in parts, is no plain success", async () => {
  const asked = server.addJob().begin();
  const unanswered = await openLive(asked);
  asked.end("succeeded", { outcome: "noAnswer" });
  await unanswered.until('document.getElementById("state").textContent === "No answer"');
  assert.equal(await unanswered.text("message"), "");

  const partly = server.addJob().begin();
  const page = await openLive(partly);
  partly.partial(0, { ok: false, text: undefined, error: "No." });
  partly.end();
  await page.until('document.getElementById("state").textContent === "Succeeded, 1 failed"');
});

test("only new stages and the end are announced", async () => {
  const job = server.addJob().begin();
  const page = await openLive(job);
  await page.value(`
    globalThis.said = [];
    new MutationObserver(() => said.push(document.getElementById("announcement").textContent))
      .observe(document.getElementById("announcement"), { childList: true, characterData: true, subtree: true });`);
  job.progress(0.1, { message: "Batch 1" });
  job.append("log", { level: "info", message: "A line" });
  await page.until('document.getElementById("message").textContent === "Batch 1"');
  job.append("stage", { stage: "assembling", label: "Assembling", index: 2, count: 2 });
  await page.until("said.length === 1");
  job.end("failed", { error: { code: "x", message: "The disk is full." } });
  await page.until("said.length === 2");

  assert.deepEqual(await page.value("said"), ["Stage 2 of 2: Assembling.", "Failed. The disk is full."]);
  assert.equal(await page.value('document.querySelectorAll("[aria-live], [role=status], [role=alert], [role=log]").length'), 1);
  assert.equal(await page.text("problem"), "The disk is full.");
});

test("a stream that is cut goes on without loss, and says so meanwhile", async () => {
  const job = server.addJob().begin();
  server.faults.stream = [{ cutAtEvent: 5 }, { status: 503 }];
  const page = await openLive(job);
  job.partial(0);
  job.partial(1);
  await page.until('document.getElementById("connection").textContent === "Reconnecting"');
  job.partial(2);
  await page.until('document.querySelectorAll("#partials li").length === 3');
  await page.until('document.getElementById("partials-count").textContent === "3 of 3"');
  job.end();
  await page.until('document.getElementById("state").textContent === "Succeeded"');
});

test("without event streams the page polls", async () => {
  const job = server.addJob().begin();
  server.always.stream = { status: 200, headers: { "Content-Type": "text/html" }, body: "" };
  const page = await openLive(job);
  job.progress(0.5);
  await page.until(`${attribute("progress", "aria-valuenow")} === "50"`);
  server.always = {};

  assert.equal(await page.text("connection"), "Connected, by polling");
  job.end();
});

test("a job can be canceled, and a question answered", async () => {
  const job = server.addJob().begin();
  job.append("inputRequired", { requestId: "r1", question: "Which?", options: ["net", "gross"], deadline: new Date().toISOString() });
  const page = await openLive(job);
  await page.until('document.querySelectorAll("#answer-form button").length === 2');
  await page.value('(() => { const answer = document.querySelectorAll("#answer-form button")[1]; answer.focus(); answer.click(); })()');
  await page.until('document.activeElement === document.body');
  job.append("inputReceived", { requestId: "r1" });
  await page.until('document.activeElement.id === "title"');
  await page.value('document.getElementById("cancel").click()');
  assert.equal(job.canceled, false);
  await page.value('document.getElementById("confirm").click()');
  await page.until('document.getElementById("state").textContent === "Canceling"');
  assert.equal(await page.value("document.activeElement.id"), "title");

  assert.deepEqual(job.answers, [{ requestId: "r1", answer: "gross" }]);
  assert.equal(job.canceled, true);
  job.end("canceled");
  await page.until('document.getElementById("state").textContent === "Canceled"');
});

test("what a job says is text, never markup", async () => {
  const evil = '<img src=x onerror="document.title=1"><b>bold</b>';
  const job = server.addJob().begin(evil);
  job.append("log", { level: "info", message: evil });
  job.partial(0, { text: evil });
  job.progress(0.2, { message: evil });
  const page = await openLive(job);
  await page.until('document.querySelectorAll("#partials li").length === 1 && document.querySelectorAll("#log li").length === 1');

  assert.equal(await page.value('document.querySelectorAll("img, b").length'), 0);
  assert.equal(await page.text("title"), evil);
  assert.deepEqual(page.errors, []);
  job.end();
});

test("a work of unknown size shows that it goes on, without a number", async () => {
  const job = server.addJob().begin();
  job.append("progress", { stage: "translating", current: 1204, unit: "rows", estimated: false });
  const page = await openLive(job);
  await page.until('document.getElementById("message").textContent === "1,204 rows"');

  assert.equal(await page.value(attribute("progress", "aria-valuenow")), null);
  assert.equal(await page.value(attribute("bar", "value")), null);
  job.end();
});

test("it fits a narrow screen", async () => {
  const job = server.addJob().begin("Averyveryverylongtitlewithoutanyspaces".repeat(4));
  job.append("log", { level: "error", message: "x".repeat(300) });
  job.partial(0, { text: "y".repeat(300) });
  const page = await openLive(job, { width: 375, height: 700 });
  await page.until('document.querySelectorAll("#log li, #partials li").length === 2');

  assert.equal(await page.value("document.documentElement.scrollWidth"), 375);
  job.end();
});

test("without JavaScript the state is there, and the page loads itself anew", async () => {
  const job = server.addJob().begin("A letter");
  job.progress(0.42);
  const page = await browser.open(`${server.url}/watch/${job.id}`, { javaScript: false });
  await page.until('document.getElementById("percent")?.textContent === "42"');
  assert.equal(await page.value('document.querySelector("noscript meta[http-equiv=refresh]").content'), "5");
  assert.match(await page.value("document.body.innerText"), /A letter[\s\S]*42[\s\S]*The result, once it has finished/);

  job.end();
  await page.until('document.getElementById("percent")?.textContent === "100" && !document.querySelector("meta[http-equiv=refresh]")');
});

for (const [how, fault, transport] of [
  ["loads SignalR when it is needed", null, "signalr"],
  ["falls back where WebSockets are blocked", { block: true }, "sse"],
]) {
  test(`the module in a page ${how}`, async () => {
    const job = server.addJob().begin();
    server.always.hub = fault;
    const page = await openLive(job);
    assert.equal(await page.value('typeof signalR'), "undefined");
    await page.value(`import("/js/progress-hub.js").then(({ watchJob }) => { globalThis.watch = watchJob("${job.id}"); })`);
    await page.until('watch.connection.state === "open"');
    job.end();
    await page.until('watch.snapshot.state === "succeeded"');
    server.always = {};

    assert.equal(await page.value("watch.connection.transport"), transport);
  });
}
