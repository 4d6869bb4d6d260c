import { JobWatchError } from "./errors.js";

/** @typedef {import("./types.js").JobEvent} JobEvent */

/** How many events may wait for a reader that is slower than the job. */
export const QUEUE_BOUND = 10_000;

/**
 * One reader's events, as an async iterator. Of several `progress` events that wait one after another only the last is
 * kept. A reader that is still too far behind gets an error that says where to resume, instead of filling the memory.
 * @implements {AsyncIterableIterator<JobEvent>}
 */
export class EventQueue {
  /** @type {JobEvent[]} */
  #waiting = [];
  /** @type {{resolve: (result: IteratorResult<JobEvent>) => void, reject: (error: unknown) => void}[]} */
  #readers = [];
  #ended = false;
  /** @type {unknown} */
  #error = null;
  /** @type {number|null} */
  #lastRead = null;
  #onReturn;

  /** @param {(queue: EventQueue) => void} onReturn Called when the reader leaves early. */
  constructor(onReturn) {
    this.#onReturn = onReturn;
  }

  /** @param {JobEvent} event */
  push(event) {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader) {
      this.#lastRead = event.seq;
      reader.resolve({ value: event, done: false });
      return;
    }
    const last = this.#waiting.length - 1;
    if (event.type === "progress" && this.#waiting[last]?.type === "progress") this.#waiting[last] = event;
    else this.#waiting.push(event);
    if (this.#waiting.length > QUEUE_BOUND) this.#overflow();
  }

  /** @param {unknown} [error] Thrown to the reader once it has read what waits. */
  end(error = null) {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    const readers = this.#readers;
    this.#readers = [];
    for (const reader of readers) {
      if (this.#error === null) reader.resolve({ value: undefined, done: true });
      else reader.reject(this.#takeError());
    }
  }

  /** @returns {Promise<IteratorResult<JobEvent>>} */
  next() {
    const event = this.#waiting.shift();
    if (event) {
      this.#lastRead = event.seq;
      return Promise.resolve({ value: event, done: false });
    }
    if (this.#error !== null) return Promise.reject(this.#takeError());
    if (this.#ended) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => this.#readers.push({ resolve, reject }));
  }

  /** @returns {Promise<IteratorResult<JobEvent>>} */
  return() {
    this.#waiting = [];
    this.end();
    this.#error = null;
    this.#onReturn(this);
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  #overflow() {
    this.#waiting = [];
    const resume = this.#lastRead === null ? "from the start" : `after ${this.#lastRead}`;
    const message = `More than ${QUEUE_BOUND} events were waiting to be read: watch again ${resume}.`;
    this.end(new JobWatchError("reader_too_slow", message, { final: true }));
    this.#onReturn(this);
  }

  /** An error is thrown once; after it an iterator is at its end. */
  #takeError() {
    const error = this.#error;
    this.#error = null;
    return error;
  }
}
