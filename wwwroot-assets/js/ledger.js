import { JobWatchError } from "./errors.js";
import { applyEvent, emptySnapshot, isFinalState } from "./snapshot.js";

/**
 * @typedef {import("./types.js").JobSnapshot} JobSnapshot
 * @typedef {import("./types.js").JobEvent} JobEvent
 */

/**
 * What has been seen of a job. Every transport hands what it receives to this one place, which lets each event through
 * once and in order, however often and over whatever it arrives.
 */
export class Ledger {
  #onEvent;
  #onSnapshot;

  /**
   * @param {object} init
   * @param {string} init.jobId
   * @param {number|null} init.after
   * @param {(event: JobEvent) => void} init.onEvent
   * @param {(snapshot: JobSnapshot) => void} init.onSnapshot
   */
  constructor({ jobId, after, onEvent, onSnapshot }) {
    this.jobId = jobId;
    /** The number of the last event that was let through. @type {number|null} */
    this.cursor = after;
    /** @type {JobSnapshot|null} */
    this.snapshot = null;
    this.finished = false;
    /** Rises with whatever was not known before; a connection that does not raise it was of no use. */
    this.news = 0;
    this.#onEvent = onEvent;
    this.#onSnapshot = onSnapshot;
  }

  /**
   * Takes the snapshot that a stream begins with. The stream goes on from there.
   * @param {JobSnapshot} snapshot
   */
  begin(snapshot) {
    if (this.cursor !== null && snapshot.seq > this.cursor) {
      throw new JobWatchError("gap", `The stream begins at ${snapshot.seq}, but only ${this.cursor} was seen.`);
    }
    this.offer(snapshot);
  }

  /**
   * Takes a snapshot of the present, which may be ahead of the events seen so far. An older one than is known is of no
   * interest.
   * @param {JobSnapshot} snapshot
   */
  offer(snapshot) {
    if (this.finished || snapshot.jobId !== this.jobId) return;
    const final = isFinalState(snapshot.state);
    if (this.cursor === null) {
      // The `done` event of a job that has ended is still to be delivered.
      this.cursor = final ? snapshot.seq - 1 : snapshot.seq;
      this.news++;
    }
    if (this.snapshot === null || snapshot.seq >= this.snapshot.seq) this.#show(snapshot);
    if (final && snapshot.seq <= this.cursor) this.finished = true;
  }

  /** @param {JobEvent} event */
  deliver(event) {
    if (this.finished || event.jobId !== this.jobId || !Number.isSafeInteger(event.seq)) return;
    const fresh = event.seq > (this.cursor ?? 0);
    const before = this.snapshot ?? emptySnapshot(this.jobId);
    const after = applyEvent(before, event);

    if (fresh) {
      this.cursor = event.seq;
      this.news++;
    }
    // Before the handlers run, so that they see the state that the event led to.
    this.snapshot = after;
    if (event.type === "done") this.finished = true;
    if (fresh) this.#onEvent(event);
    if (after !== before) this.#onSnapshot(after);
  }

  /** @param {Iterable<JobEvent>} events */
  deliverAll(events) {
    for (const event of events) this.deliver(event);
  }

  /** @param {JobSnapshot} snapshot */
  #show(snapshot) {
    this.snapshot = snapshot;
    this.#onSnapshot(snapshot);
  }
}
