import { JobWatchError } from "../errors.js";
import { thisTab } from "../shared/tab.js";
import { Watchdog } from "../timing.js";
import { silent } from "./sse.js";
import { settle } from "./settle.js";

/**
 * The watch that all tabs of the browser share. Joins first, then reads what it has missed; what happens in between
 * waits. When another tab takes the lead, it joins again, from its cursor.
 * @param {import("../follow.js").Link} link
 */
export async function followByShared(link) {
  const watchdog = new Watchdog(link.signal, link.timing.openMs, silent);
  /** @type {ReturnType<ReturnType<typeof thisTab>["join"]>|undefined} */
  let member;
  try {
    await new Promise((resolve, reject) => {
      const abort = () => reject(watchdog.signal.reason);
      watchdog.signal.addEventListener("abort", abort);
      if (watchdog.signal.aborted) return abort();
      const joined = new Joined(link, () => watchdog.rest(), () => resolve(undefined), reject);
      member = thisTab().join(link.address, link.options.transports, {
        onMessage: (message) => joined.take(message),
        onLost: () => {
          joined.lose();
          watchdog.feed(link.timing.openMs);
          member?.again();
        },
        onBroken: () => reject(new JobWatchError("worker_failed", "The shared worker could not be started.", { skip: true })),
      });
    });
  } finally {
    watchdog.stop();
    member?.leave();
  }
}

/** What comes of the shared watch, brought into line with what this one has seen. */
class Joined {
  /** Events that wait until what came before them has been read. @type {any[]|null} */
  #early = [];
  #reading = false;

  /**
   * @param {import("../follow.js").Link} link
   * @param {() => void} heard
   * @param {() => void} finish
   * @param {(error: unknown) => void} fail
   */
  constructor(link, heard, finish, fail) {
    this.link = link;
    this.heard = heard;
    this.finish = finish;
    this.fail = fail;
  }

  lose() {
    this.#early = [];
    this.link.interrupted();
  }

  /** @param {any} message */
  take(message) {
    if (message.op === "snapshot") this.#begin(message.snapshot);
    else if (message.op === "event") this.#event(message.event);
    else if (message.op === "connection") this.#connection(message);
    else if (message.op === "end") this.#end(message);
  }

  /** @param {import("../types.js").JobSnapshot} snapshot */
  async #begin(snapshot) {
    if (this.#reading) return;
    const { ledger } = this.link;
    try {
      this.#reading = true;
      const behind = ledger.cursor !== null && ledger.cursor < snapshot.seq;
      ledger.offer(snapshot);
      this.heard();
      this.link.opened();
      if (behind || (!ledger.finished && /** @type {number} */ (ledger.cursor) < snapshot.seq)) await settle(this.link);
      ledger.deliverAll(this.#early ?? []);
      this.#early = null;
      if (ledger.finished) this.finish();
    } catch (error) {
      this.fail(error);
    } finally {
      this.#reading = false;
    }
  }

  /** @param {import("../types.js").JobEvent} event */
  #event(event) {
    if (this.#early) {
      this.#early.push(event);
      return;
    }
    this.link.ledger.deliver(event);
    if (this.link.ledger.finished) this.finish();
  }

  /** @param {any} message */
  #connection({ state, transport, left }) {
    this.link.heardVia(transport, left && { transport: left.transport, error: left.error && new JobWatchError(left.error.code, left.error.message, left.error) });
    if (this.#early) return;
    if (state === "open") this.link.opened();
    else if (state === "reconnecting") this.link.interrupted();
  }

  /** @param {any} message */
  async #end({ snapshot, error }) {
    if (error?.final) {
      this.fail(new JobWatchError(error.code, error.message, { status: error.status, final: true }));
      return;
    }
    try {
      if (snapshot) await settle(this.link);
      this.finish();
    } catch (reason) {
      this.fail(reason);
    }
  }
}
