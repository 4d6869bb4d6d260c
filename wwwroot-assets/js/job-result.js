import { JobWatchError } from "./errors.js";
import { backoffMs, pause } from "./timing.js";

/** @typedef {import("./types.js").JobSnapshot} JobSnapshot */

/** The result is durable before `done`, so a few tries bridge a server that restarts in between. */
const TRIES = 5;

/** The job has no result (it failed or was canceled), or none any more. */
const NO_RESULT = new Set([404, 409, 410]);

/**
 * How a job ended, and its result if it has one. A failed job may have one as well (some items failed): `error` says
 * so.
 */
export class JobResult {
  /**
   * @param {JobSnapshot} snapshot
   * @param {Response|null} response
   */
  constructor(snapshot, response) {
    /** The last state of the job. */
    this.snapshot = snapshot;
    /** `succeeded`, `failed` or `canceled`. */
    this.state = snapshot.state;
    /** Why it failed or was canceled; null where it succeeded. */
    this.error = snapshot.error ?? null;
    /** The answer with the result, unread; null where there is none. */
    this.response = response;
  }

  /** The result as text. @returns {Promise<string>} */
  async text() {
    return this.#present().text();
  }

  /** The result as JSON. @returns {Promise<any>} */
  async json() {
    return this.#present().json();
  }

  /** The result as a file. @returns {Promise<Blob>} */
  async blob() {
    return this.#present().blob();
  }

  #present() {
    if (this.response) return this.response;
    const why = this.error ? ` ${this.error.message}` : "";
    throw new JobWatchError("no_result", `The job has ${this.state} and has no result.${why}`, { final: true });
  }
}

/**
 * @param {import("./http.js").JobHttp} http
 * @param {string} url
 * @param {object} options
 * @param {string} options.accept
 * @param {AbortSignal} options.signal
 * @param {import("./types.js").Timing} options.timing
 * @returns {Promise<Response|null>}
 */
export async function fetchResult(http, url, { accept, signal, timing }) {
  for (let failures = 1; ; failures++) {
    try {
      return await http.send(url, { accept, signal });
    } catch (/** @type {any} */ error) {
      if (NO_RESULT.has(error?.status)) return null;
      if (signal.aborted || error?.final || failures === TRIES) throw error;
      await pause(Math.max(error?.retryAfterMs ?? 0, backoffMs(failures, timing)), signal);
    }
  }
}
