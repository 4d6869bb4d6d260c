import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Browser } from "./support/browser.mjs";
import { StandInServer } from "./support/stand-in-server.mjs";
import { serveTabs } from "./support/tab-page.mjs";

/** Tabs of one real browser that share what they watch, and the web component. */
let server;
let browser;
before(async () => {
  server = await StandInServer.start();
  serveTabs(server);
});
beforeEach(async () => {
  // A browser of its own: shared workers and locks outlive a page.
  browser = await Browser.start();
  server.requests = [];
  server.always = {};
});
afterEach(() => browser?.close());
after(() => server?.close());

const OPEN = 'window.watches?.every(({ connection }) => connection.state === "open")';
const seqs = (page) => page.value("window.seen");

async function openTab(query) {
  const page = await browser.open(`${server.url}/tab?${query}`);
  await page.until(OPEN);
  return page;
}

for (const [how, extra] of [["a shared worker", ""], ["the tab that leads", "&channel"]]) {
  test(`tabs that watch one job share its connection through ${how}`, async () => {
    server.always.hub = { status: 404 };
    const job = server.addJob().begin();
    const tabs = [await openTab(`job=${job.id}${extra}`), await openTab(`job=${job.id}${extra}`), await openTab(`job=${job.id}&all${extra}`)];

    job.partial(0);
    job.partial(1);
    job.end();
    for (const tab of tabs) await tab.until("window.watches[0].snapshot?.state === 'succeeded'");

    assert.equal(server.count("stream"), 1);
    const [first, second, third] = await Promise.all(tabs.map(seqs));
    assert.deepEqual([first, second], [job.log.slice(-3), job.log.slice(-3)].map((events) => events.map(({ seq }) => seq)));
    assert.deepEqual(third, job.log.map(({ seq }) => seq), "from the start, each once and in order");
    assert.deepEqual(await tabs[0].value("window.connections.at(-2).transport"), "sse");
    assert.deepEqual(await tabs[0].value("[window.connections.at(-2).left, Boolean(window.connections.at(-2).why)]"), ["signalr", true], "and it is told why");
  });

  test(`the seventh tab with a seventh job loads, and sees its job's end, through ${how}`, async () => {
    server.always.hub = { status: 404 };
    const jobs = Array.from({ length: 8 }, () => server.addJob().begin());
    const tabs = [];
    for (const job of jobs) tabs.push(await openTab(`job=${job.id}${extra}`));

    for (const job of jobs) job.end();
    for (const tab of tabs) await tab.until("window.watches[0].snapshot?.state === 'succeeded'");

    assert.ok(server.count("stream") <= 3, `${server.count("stream")} streams`);
  });
}

test("a shared watch goes over the hub where it can, with one socket for all tabs", async () => {
  const job = server.addJob().begin();
  const tabs = [await openTab(`job=${job.id}`), await openTab(`job=${job.id}`)];
  job.partial(0);
  job.end();
  for (const tab of tabs) await tab.until("window.watches[0].snapshot?.state === 'succeeded'");

  assert.equal(server.count("hub"), 1);
  assert.equal(server.count("stream"), 0);
  for (const tab of tabs) assert.ok(await tab.value("window.connections.some(({ transport }) => transport === 'signalr')"));
});

test("when the tab that leads closes, another takes over and none misses an event", async () => {
  const job = server.addJob().begin();
  const leader = await openTab(`job=${job.id}&channel`);
  const others = [await openTab(`job=${job.id}&channel`), await openTab(`job=${job.id}&channel`)];
  job.partial(0);
  for (const tab of others) await tab.until("window.seen.length === 1");

  await leader.send("Page.navigate", { url: "about:blank" });
  job.partial(1);
  job.partial(2);
  job.end();
  for (const tab of others) await tab.until("window.watches[0].snapshot?.state === 'succeeded'");

  for (const tab of others) assert.deepEqual(await seqs(tab), job.log.slice(-4).map(({ seq }) => seq));
});

test("a shared watch goes on when the server cuts it and comes back", async () => {
  server.always.hub = { status: 404 };
  const job = server.addJob().begin();
  const tab = await openTab(`job=${job.id}`);
  job.partial(0);
  await tab.until("window.seen.length === 1");

  server.cutAll();
  job.partial(1);
  job.end();
  await tab.until("window.watches[0].snapshot?.state === 'succeeded'");

  assert.deepEqual(await seqs(tab), job.log.slice(-3).map(({ seq }) => seq));
});

for (const [what, script] of [["can't be started", "/missing.js"], ["never says a word", "/mute.js"]]) {
  test(`where the worker ${what} the tab watches by itself`, async () => {
    const job = server.addJob().begin();
    const tab = await openTab(`job=${job.id}&worker=${script}`);
    job.end();
    await tab.until("window.watches[0].snapshot?.state === 'succeeded'");

    assert.equal(await tab.value("window.connections.find(({ state }) => state === 'open').left"), "shared");
    assert.equal(await tab.value("window.connections.find(({ state }) => state === 'open').why"), "worker_failed");
  });
}

test("a job that is not there is an error of a shared watch as of any", async () => {
  const tab = await browser.open(`${server.url}/tab?job=${"0".repeat(32)}`);
  await tab.until("window.watches?.[0].error");

  assert.equal(await tab.value("window.watches[0].error.code"), "job_not_found");
});

test("the web component shows a job as it goes on, as text", async () => {
  const job = server.addJob().begin("A <b>letter</b>");
  const page = await browser.open(`${server.url}/element`);
  await page.until('customElements.get("progress-job")');
  await page.value(`(() => {
    const element = document.createElement("progress-job");
    element.setAttribute("job", "${job.id}");
    window.ended = 0;
    element.addEventListener("end", () => window.ended++);
    document.body.append(element);
  })()`);
  const part = (name) => `document.querySelector("progress-job").shadowRoot.querySelector("[part=${name}]")`;
  await page.until(`${part("title")}.textContent === "A <b>letter</b>"`);
  assert.equal(await page.value(`${part("bar")}.hasAttribute("value")`), false, "indeterminate until there is a fraction");

  job.progress(0.42, { message: "Batch 12" });
  await page.until(`${part("message")}.textContent === "Running 42 %: Batch 12"`);
  assert.equal(await page.value(`${part("bar")}.value`), 0.42);
  assert.equal(await page.value(`${part("bar")}.getAttribute("aria-label")`), "A <b>letter</b>");

  job.end();
  await page.until("window.ended === 1");
  assert.equal(await page.value(`${part("message")}.textContent`), "Succeeded 100 %");

  const next = server.addJob().begin("Another");
  await page.value(`document.querySelector("progress-job").setAttribute("job", "${next.id}")`);
  await page.until(`${part("title")}.textContent === "Another"`);
  await page.value('document.querySelector("progress-job").setAttribute("job", "nonsense")');
  await page.until(`${part("message")}.textContent.includes("neither a job id")`);
  assert.deepEqual(page.errors, []);
});

test("the seventh plain page of a job loads, and all see their jobs' ends", async () => {
  const jobs = Array.from({ length: 8 }, (_, index) => server.addJob().begin(`Job ${index}`));
  const pages = [];
  for (const job of jobs) {
    const page = await browser.open(`${server.url}/watch/${job.id}`);
    await page.until('document.getElementById("connection")?.dataset.connection === "open"');
    pages.push(page);
  }

  for (const job of jobs) job.end();
  for (const page of pages) await page.until('document.getElementById("percent").textContent === "100"');

  assert.ok(server.count("stream") <= 3, `${server.count("stream")} streams`);
});
