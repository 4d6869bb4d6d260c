import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import { applyEvent, emptySnapshot, isFinalState } from "../../../wwwroot-assets/js/progress-hub.js";

/** A job whose events a test writes by hand. */
export class StandInJob extends EventEmitter {
  id = randomBytes(16).toString("hex");
  log = [];
  result = null;
  canceled = false;
  answers = [];
  tagged = [];
  #startedAt = Date.now();

  constructor() {
    super();
    this.setMaxListeners(0);
  }

  get seq() {
    return this.log.length;
  }

  get isDone() {
    return this.log.at(-1)?.type === "done";
  }

  append(type, fields = {}) {
    const event = {
      jobId: this.id, seq: this.log.length + 1, at: new Date().toISOString(), type, attempt: 1,
      elapsedMs: Date.now() - this.#startedAt, ...fields,
    };
    this.log.push(event);
    this.emit("event", event);
    return event;
  }

  after(seq) {
    return this.log.slice(seq);
  }

  /** The state as of a `seq`; of the present unless told. */
  snapshot(seq = this.seq) {
    const folded = this.log.slice(0, seq).reduce(applyEvent, { ...emptySnapshot(this.id), createdAt: this.log[0]?.at });
    return { ...folded, serverTime: new Date().toISOString(), links: { self: `/api/jobs/${this.id}` } };
  }

  /** What a stream opened with this cursor begins with: as of the cursor, and before `done` where there is none. */
  firstSnapshot(cursor) {
    if (cursor !== null) return this.snapshot(Math.min(cursor, this.seq));
    return this.snapshot(this.isDone ? this.seq - 1 : this.seq);
  }

  /** Queued, started, and in its first stage. */
  begin(title = "Letter") {
    this.append("queued", { kind: "translation", title, position: 0, tags: [], attempt: 0, elapsedMs: 0 });
    this.append("started", {
      engine: "pseudo",
      stages: [
        { name: "translating", label: "Translating", weight: 0.85 },
        { name: "assembling", label: "Assembling", weight: 0.15 },
      ],
    });
    this.append("stage", { stage: "translating", label: "Translating", index: 1, count: 2 });
    return this;
  }

  progress(fraction, fields = {}) {
    return this.append("progress", { stage: "translating", fraction, stageFraction: fraction, estimated: false, ...fields });
  }

  partial(index, fields = {}) {
    return this.append("partial", { index, total: 3, ok: true, text: `Piece ${index} — ž日本\r\n`, ...fields });
  }

  end(state = "succeeded", fields = {}) {
    if (!isFinalState(state)) throw new Error(`${state} is not final.`);
    return this.append("done", {
      state, resultUrl: state === "succeeded" ? `/api/jobs/${this.id}/result` : undefined,
      summary: { totalMs: 1, stages: [] }, ...fields,
    });
  }
}
