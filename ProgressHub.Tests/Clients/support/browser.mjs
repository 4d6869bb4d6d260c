import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** No test waits longer for anything. */
const LIMIT_MS = 60_000;

/** A real browser without a window, driven over the DevTools protocol. */
export class Browser {
  static async start() {
    const profile = await mkdtemp(join(tmpdir(), "watch-page-"));
    const child = spawn(CHROMIUM, [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--remote-debugging-port=0",
      `--user-data-dir=${profile}`, "about:blank",
    ], { stdio: ["ignore", "ignore", "pipe"] });
    const endpoint = await endpointOf(child.stderr);
    const socket = new WebSocket(endpoint, { perMessageDeflate: false });
    await once(socket, "open");
    return new Browser(child, socket, profile);
  }

  #next = 0;
  #pending = new Map();
  #listeners = new Map();

  constructor(child, socket, profile) {
    Object.assign(this, { child, socket, profile });
    socket.on("message", (data) => this.#receive(JSON.parse(data)));
  }

  send(method, params = {}, sessionId) {
    const id = ++this.#next;
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject, method }));
  }

  on(method, listener) {
    this.#listeners.set(method, [...(this.#listeners.get(method) ?? []), listener]);
  }

  async close() {
    this.socket.close();
    this.child.kill();
    if (this.child.exitCode === null) await once(this.child, "exit");
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Opens a page in a context of its own. */
  async open(url, { width = 900, height = 900, dark = false, javaScript = true } = {}) {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId);
    await Promise.all(["Page", "Runtime", "Log"].map((domain) => page.send(`${domain}.enable`)));
    await page.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
    await page.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
    await page.send("Emulation.setScriptExecutionDisabled", { value: !javaScript });
    await page.send("Page.navigate", { url });
    return page;
  }

  #receive({ id, result, error, method, params, sessionId }) {
    if (id === undefined) return this.#listeners.get(method)?.forEach((listener) => listener(params, sessionId));
    const { resolve, reject, method: asked } = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) reject(new Error(`${asked}: ${error.message}`));
    else resolve(result);
  }
}

class Page {
  /** What the page complained of: uncaught errors and errors in the console. */
  errors = [];

  constructor(browser, sessionId) {
    this.send = (method, params) => browser.send(method, params, sessionId);
    const note = (text) => (params, session) => session === sessionId && text(params) && this.errors.push(text(params));
    browser.on("Runtime.exceptionThrown", note(({ exceptionDetails }) => exceptionDetails.exception?.description ?? exceptionDetails.text));
    browser.on("Log.entryAdded", note(({ entry }) => entry.level === "error" && `${entry.text} ${entry.url ?? ""}`));
  }

  /** The value of an expression in the page. */
  async value(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  text(id) {
    return this.value(`document.getElementById("${id}").innerText`);
  }

  /** Waits until the expression holds, also across a navigation. */
  async until(expression) {
    const deadline = Date.now() + LIMIT_MS;
    while (!await this.value(`Boolean(${expression})`).catch(() => false)) {
      if (Date.now() > deadline) throw new Error(`Waited in vain for ${expression} in:\n${await this.value("document.body.innerText")}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async screenshot() {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: true, format: "png" });
    return Buffer.from(data, "base64");
  }
}

async function endpointOf(stream) {
  let text = "";
  for await (const chunk of stream) {
    text += chunk;
    const endpoint = /ws:\/\/\S+/.exec(text)?.[0];
    if (endpoint) {
      stream.destroy();
      return endpoint;
    }
  }
  throw new Error(`${CHROMIUM} did not start:\n${text}`);
}
