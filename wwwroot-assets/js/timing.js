/** @typedef {import("./types.js").Timing} Timing */

/** @type {Timing} */
export const DEFAULT_TIMING = Object.freeze({
  backoffMinMs: 500,
  backoffMaxMs: 15_000,
  openMs: 15_000,
  silenceMs: 40_000,
  steadyMs: 10_000,
  longPollSeconds: 20,
  pollFloorMs: 1_000,
  pollTermMs: 120_000,
  random: Math.random,
});

/**
 * Exponential backoff with full jitter: anything between nothing and the ceiling, so that clients that lost the same
 * server do not return to it together.
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)
 * @param {number} failures How many in a row, from 0.
 * @param {Timing} timing
 */
export function backoffMs(failures, { backoffMinMs, backoffMaxMs, random }) {
  return random() * Math.min(backoffMaxMs, backoffMinMs * 2 ** Math.max(0, failures - 1));
}

/**
 * Waits, until the time is over or the signal aborts (then it throws the signal's reason).
 * @param {number} ms
 * @param {AbortSignal} signal
 * @param {{untilOnline?: boolean}} [options] `untilOnline`: stop waiting when the browser is back on the network.
 * @returns {Promise<void>}
 */
export function pause(ms, signal, { untilOnline = false } = {}) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const target = untilOnline && typeof globalThis.addEventListener === "function" ? globalThis : null;
    const end = () => {
      clearTimeout(timer);
      target?.removeEventListener("online", end);
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, ms);
    target?.addEventListener("online", end);
    signal.addEventListener("abort", end);
  });
}

/**
 * A signal that aborts with its parent, or when nothing was heard for too long.
 */
export class Watchdog {
  #controller = new AbortController();
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #parent;
  #onParentAbort = () => this.#controller.abort(this.#parent.reason);

  /**
   * @param {AbortSignal} parent
   * @param {number} ms
   * @param {() => unknown} reason What to abort with when the time is over.
   */
  constructor(parent, ms, reason) {
    this.#parent = parent;
    this.reason = reason;
    this.feed(ms);
    if (parent.aborted) this.#onParentAbort();
    else parent.addEventListener("abort", this.#onParentAbort);
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Something was heard: wait again. @param {number} ms */
  feed(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#controller.abort(this.reason()), ms);
  }

  /** Silence is no sign any more; only the parent counts. */
  rest() {
    clearTimeout(this.#timer);
  }

  stop() {
    this.rest();
    this.#parent.removeEventListener("abort", this.#onParentAbort);
  }
}
