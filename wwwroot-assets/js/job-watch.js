import { EventQueue } from "./event-queue.js";
import { JobWatchError } from "./errors.js";
import { follow } from "./follow.js";
import { JobHttp } from "./http.js";
import { fetchResult, JobResult } from "./job-result.js";
import { Ledger } from "./ledger.js";
import { Listeners } from "./listeners.js";
import { DEFAULT_TIMING } from "./timing.js";
import { transportsFor } from "./transports/index.js";

/**
 * @typedef {import("./types.js").JobSnapshot} JobSnapshot
 * @typedef {import("./types.js").JobEvent} JobEvent
 * @typedef {import("./types.js").ConnectionState} ConnectionState
 */

/**
 * A job being watched; made by `watchJob`. It begins by itself, right after the code that made it has run, so handlers
 * attached there miss nothing. It ends with the job, with `close()`, or with an error that no retry can help.
 * @implements {AsyncIterable<JobEvent>}
 */
export class JobWatch {
  /** @type {ConnectionState} */
  #connection = { state: "connecting", transport: null };
  /** @type {Set<EventQueue>} */
  #queues = new Set();
  #listeners = new Listeners();
  #closing = new AbortController();
  #ended = false;
  /** @type {Error|null} */
  #error = null;
  #address;
  #http;
  #ledger;
  #timing;
  #forgetSignal;

  /**
   * @param {import("./job-address.js").JobAddress} address
   * @param {import("./types.js").WatchOptions} options
   */
  constructor(address, options) {
    this.#address = address;
    this.#http = new JobHttp(options);
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#ledger = new Ledger({
      jobId: address.jobId,
      after: cursorOf(options.after),
      onEvent: (event) => this.#onEvent(event),
      onSnapshot: (snapshot) => this.#listeners.emit("snapshot", snapshot),
    });
    const transports = transportsFor(options);
    this.#forgetSignal = closeWith(this.#closing, options.signal);

    /**
     * The last snapshot, once the job has ended (however it ended). Rejects when the watch failed, or with the signal's
     * reason when it was ended early.
     * @type {Promise<JobSnapshot>}
     */
    this.done = Promise.resolve().then(() => this.#run(options, transports));
    this.done.catch(() => {}); // who does not look at it is told by "error"
  }

  /** The id of the job. */
  get jobId() {
    return this.#address.jobId;
  }

  /** The state of the job, as far as it is known; null until the server has answered. @returns {JobSnapshot|null} */
  get snapshot() {
    return this.#ledger.snapshot;
  }

  /** The `seq` of the last event seen: give it as `after` to resume later. @returns {number|null} */
  get cursor() {
    return this.#ledger.cursor;
  }

  /** How the watch is connected. @returns {ConnectionState} */
  get connection() {
    return this.#connection;
  }

  /** Why the watch failed; null otherwise. @returns {Error|null} */
  get error() {
    return this.#error;
  }

  /**
   * Calls a handler for:
   * - the type of an event (`"progress"`, `"partial"`, `"done"`, …), with the event,
   * - `"event"`: every event,
   * - `"snapshot"`: every new state, with the snapshot,
   * - `"connection"`: every change of the connection, with its state,
   * - `"error"`: the watch failed for good, with the error,
   * - `"end"`: nothing more will come, whatever the reason.
   * @param {string} type
   * @param {(value: any) => void} handler What it throws is reported, and disturbs nothing.
   * @returns {() => void} Call it to stop.
   */
  on(type, handler) {
    return this.#listeners.add(type, handler);
  }

  /**
   * The events from now on, in order, until `done`. Ends quietly on `close()` and abort; throws where the watch failed.
   * Leaving a loop early does not end the watch, which others may use: `close()` does.
   * @returns {AsyncIterableIterator<JobEvent>}
   */
  [Symbol.asyncIterator]() {
    const queue = new EventQueue((left) => this.#queues.delete(left));
    if (this.#ended) queue.end(this.#error);
    else this.#queues.add(queue);
    return queue;
  }

  /**
   * Waits for the end of the job and asks for its result.
   * @param {{accept?: string, signal?: AbortSignal}} [options] `accept`: the media type wanted, as `text/vtt`.
   * @returns {Promise<JobResult>} Also for a job that failed or was canceled: its `state` and `error` say so.
   */
  async result({ accept = "*/*", signal = this.#closing.signal } = {}) {
    const snapshot = await this.done;
    const options = { accept, signal, timing: this.#timing };
    return new JobResult(snapshot, await fetchResult(this.#http, this.#address.result, options));
  }

  /** Asks the server to cancel the job. The watch goes on until it has. @returns {Promise<void>} */
  async cancel() {
    await this.#post(this.#address.cancel);
  }

  /**
   * Gives the job tags and takes some from it, wherever it stands.
   * @param {{add?: string[], remove?: string[]}} change
   * @returns {Promise<void>}
   */
  async tag({ add = [], remove = [] }) {
    await this.#post(this.#address.tags, { add, remove });
  }

  /**
   * Answers the question that the job waits with (`snapshot.pendingInput`).
   * @param {string} requestId
   * @param {string} answer
   * @returns {Promise<void>}
   */
  async answer(requestId, answer) {
    await this.#post(this.#address.answers, { requestId, answer });
  }

  /** Ends the watch. The job goes on. */
  close() {
    this.#closing.abort();
  }

  /**
   * @param {import("./types.js").WatchOptions} options
   * @param {import("./follow.js").Transport[]} transports
   */
  async #run(options, transports) {
    const { signal } = this.#closing;
    try {
      const link = {
        ledger: this.#ledger, http: this.#http, address: this.#address, signal, timing: this.#timing, options,
      };
      this.#setConnection({ state: "connecting", transport: transports[0].name });
      await follow(link, transports, (state) => this.#setConnection(state));
      return /** @type {JobSnapshot} */ (this.snapshot);
    } catch (/** @type {any} */ error) {
      if (!signal.aborted) this.#error = error;
      throw signal.aborted ? signal.reason : error;
    } finally {
      this.#end();
    }
  }

  /** @param {JobEvent} event */
  #onEvent(event) {
    if (this.#closing.signal.aborted) return;
    for (const queue of this.#queues) queue.push(event);
    this.#listeners.emit("event", event);
    this.#listeners.emit(event.type, event);
  }

  /** @param {ConnectionState} state */
  #setConnection(state) {
    this.#connection = state;
    this.#listeners.emit("connection", state);
  }

  #end() {
    this.#ended = true;
    this.#forgetSignal();
    const { transport } = this.#connection;
    this.#setConnection({ state: "closed", transport, error: this.#error ?? undefined });
    if (this.#error) this.#listeners.emit("error", this.#error);
    for (const queue of this.#queues) queue.end(this.#error);
    this.#queues.clear();
    this.#listeners.emit("end", this.snapshot);
  }

  /**
   * @param {string} url
   * @param {unknown} [body]
   */
  async #post(url, body) {
    await this.#http.json(url, { method: "POST", body, signal: this.#closing.signal, timeoutMs: this.#timing.openMs });
  }
}

/** @param {number|null|undefined} after */
function cursorOf(after) {
  if (after === undefined || after === null) return null;
  if (Number.isSafeInteger(after) && after >= 0) return after;
  throw new JobWatchError("bad_cursor", `'${after}' is not a cursor: it must be a whole number from 0.`, { final: true });
}

/**
 * @param {AbortController} controller
 * @param {AbortSignal} [signal]
 * @returns {() => void} A signal may live much longer than a watch: lets go of it.
 */
function closeWith(controller, signal) {
  const abort = () => controller.abort(signal?.reason);
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  return () => signal?.removeEventListener("abort", abort);
}
