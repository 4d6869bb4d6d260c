import { once } from "node:events";
import http from "node:http";
import { attachHub } from "./stand-in-hub.mjs";
import { streamEvents } from "./stand-in-stream.mjs";
import { StandInJob } from "./stand-in-job.mjs";

/** What the server sends with its plain pages. */
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'";

/**
 * A server that speaks the contract, and breaks it on demand in ways that the real one never would.
 *
 * `faults` holds, for each kind of request (`stream`, `page`, `snapshot`, `result`, `hub`), what goes wrong with the
 * next ones; an entry `null` lets one pass. A fault is `{status, headers?, body?}`, `{hang: true}`, or for streams one
 * of those in stand-in-stream.mjs. `always` holds a fault for every request of a kind.
 */
export class StandInServer {
  jobs = new Map();
  faults = { stream: [], page: [], snapshot: [], result: [], hub: [], cancel: [] };
  always = {};
  /** All that was asked: `{kind, url, headers}`. */
  requests = [];
  /** Files of pages under test, by path: `{type, content}`. */
  files = null;
  longPollMs = 400;
  /** The tickets that were given, in order; null where there are none to be had. */
  tickets = null;
  #server = http.createServer((request, response) => this.#answer(request, response));
  #sockets = new Set();

  static async start() {
    const server = new StandInServer();
    await server.listen(0);
    return server;
  }

  async listen(port) {
    this.#server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    attachHub(this, this.#server);
    this.#server.listen(port, "127.0.0.1");
    await once(this.#server, "listening");
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
  }

  get isOpen() {
    return this.#server.listening;
  }

  async close() {
    this.#server.close();
    this.cutAll();
    await once(this.#server, "close");
  }

  /** As a proxy that restarts: every connection is gone. */
  cutAll() {
    for (const socket of this.#sockets) socket.destroy();
  }

  addJob() {
    const job = new StandInJob();
    this.jobs.set(job.id, job);
    return job;
  }

  count(kind) {
    return this.requests.filter((request) => request.kind === kind).length;
  }

  takeFault(kind) {
    return this.faults[kind]?.shift() ?? this.always[kind] ?? null;
  }

  note(kind, request) {
    this.requests.push({ kind, url: request.url, method: request.method, headers: request.headers, at: Date.now() });
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.url);
    if (url.pathname === "/api/tickets" && this.tickets) {
      this.note("ticket", request);
      this.tickets.push(`pht_${this.tickets.length + 1}`);
      return json(response, { ticket: this.tickets.at(-1), expiresAt: new Date().toISOString() }, 201);
    }
    const match = /^\/api\/jobs\/([0-9a-f]{32})(?:\/(\w+))?$/.exec(url.pathname);
    if (!match) return this.#file(url, response);

    const kind = kindOf(match[2], request);
    this.note(kind, request);
    const fault = this.takeFault(kind);
    if (fault?.hang) return;
    if (fault?.status) return answerFault(response, fault);

    const job = this.jobs.get(match[1]);
    if (!job) return problem(response, 404, "job_not_found");
    if (kind === "stream") return streamEvents(job, cursorOf(request, url), response, fault ?? {});
    if (kind === "page") return json(response, pageOf(job, url, fault));
    if (kind === "partials") return json(response, { events: job.log.filter(({ type }) => type === "partial"), next: null });
    if (kind === "snapshot") return this.#snapshot(job, url, response);
    if (kind === "result") return result(job, response);
    if (kind === "cancel") {
      job.canceled = true;
      job.append("canceling");
    }
    if (kind === "tags") job.tagged.push(await bodyOf(request));
    if (kind === "answers") job.answers.push(await bodyOf(request));
    json(response, job.snapshot(), 202);
  }

  async #snapshot(job, url, response) {
    const after = url.searchParams.get("after");
    if (url.searchParams.has("wait") && after !== null && job.seq <= Number(after)) {
      const waited = new AbortController();
      const timer = setTimeout(() => waited.abort(), this.longPollMs);
      response.on("close", () => waited.abort());
      await once(job, "event", { signal: waited.signal }).catch(() => {});
      clearTimeout(timer);
    }
    json(response, job.snapshot());
  }

  #file(url, response) {
    const file = this.files?.(url.pathname);
    if (!file) return problem(response, 404, "not_found");
    response.writeHead(200, { "Content-Type": file.type, "Content-Security-Policy": CSP });
    response.end(file.content);
  }
}

function kindOf(name, request) {
  if (name !== "events") return name ?? "snapshot";
  return request.headers.accept?.includes("text/event-stream") ? "stream" : "page";
}

/** The header wins over the query; what cannot be read is ignored. */
export function cursorOf(request, url) {
  const value = request.headers["last-event-id"] ?? url.searchParams.get("after");
  return value !== null && /^\d+$/.test(value) ? Number(value) : null;
}

function pageOf(job, url, fault) {
  const after = Number(url.searchParams.get("after") ?? 0);
  const limit = Math.min(Number(url.searchParams.get("limit") ?? 500), fault?.limit ?? 500);
  const events = job.log.slice(after, after + limit);
  const last = after + events.length;
  return { events, next: last < job.seq ? last : null };
}

function result(job, response) {
  if (job.result === null) return problem(response, 404, "no_result");
  response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(job.result);
}

async function bodyOf(request) {
  const chunks = await request.toArray();
  return JSON.parse(Buffer.concat(chunks).toString() || "null");
}

function answerFault(response, { status, headers = {}, body, code = `fault_${status}` }) {
  if (body === undefined && status >= 400) return problem(response, status, code, headers);
  response.writeHead(status, headers);
  response.end(body);
}

function problem(response, status, code, headers = {}) {
  response.writeHead(status, { "Content-Type": "application/problem+json", ...headers });
  response.end(JSON.stringify({ status, code, title: `Problem ${status}` }));
}

function json(response, value, status = 200) {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(value));
}
