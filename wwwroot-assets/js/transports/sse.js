import { JobWatchError } from "../errors.js";
import { SseParser } from "../sse-parser.js";
import { Watchdog } from "../timing.js";
import { explain } from "./settle.js";

/**
 * Server-sent events read with `fetch`: it runs in Node as well, sends a token, and sees what EventSource hides (204,
 * error answers, unknown event types, heartbeats). The cursor goes in the query, where it needs no CORS preflight.
 * @param {import("../follow.js").Link} link
 */
export async function followBySse(link) {
  const { ledger, http, address, timing } = link;
  const watchdog = new Watchdog(link.signal, timing.openMs, silent);
  try {
    const response = await http.send(address.events, {
      accept: "text/event-stream", query: { after: ledger.cursor }, signal: watchdog.signal,
    });
    if (response.status === 204) return await explain(link, nothingLeft());
    await readStream(link, bodyOf(response), watchdog);
  } catch (error) {
    throw watchdog.signal.aborted ? watchdog.signal.reason : error;
  } finally {
    watchdog.stop();
  }
}

/**
 * Any byte breaks the silence, heartbeats included.
 * @param {import("../follow.js").Link} link
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {Watchdog} watchdog
 */
async function readStream(link, reader, watchdog) {
  const { ledger, timing } = link;
  const parser = new SseParser({
    onEvent: (event) => {
      link.reconnectMs = null;
      receive(link, event.type, event.data);
    },
    // Counts when it is the last thing said: then the server is about to end the stream.
    onRetry: (ms) => { link.reconnectMs = ms; },
  });
  try {
    while (!ledger.finished) {
      const { done, value } = await reader.read();
      if (done) return;
      watchdog.feed(timing.silenceMs);
      parser.push(value);
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

/**
 * Hands one event of a stream on.
 * @param {import("../follow.js").Link} link
 * @param {string} type
 * @param {string} data
 */
export function receive(link, type, data) {
  if (type === "heartbeat") return;
  const content = JSON.parse(data);
  if (type === "snapshot") link.ledger.begin(content);
  else link.ledger.deliver(content);
  link.opened();
}

/** @param {Response} response */
function bodyOf(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (!response.body || !/^text\/event-stream\b/i.test(type)) {
    response.body?.cancel().catch(() => {});
    throw new JobWatchError("not_a_stream", `The server answered with '${type}' instead of an event stream.`);
  }
  return response.body.getReader();
}

/** 204 says that the job has ended and that we know all of it. */
function nothingLeft() {
  return new JobWatchError("no_stream", "The server had no stream for a job that goes on.");
}

export function silent() {
  return new JobWatchError("silent", "Nothing was heard from the server for too long.");
}
