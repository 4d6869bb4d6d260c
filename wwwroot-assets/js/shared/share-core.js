import { JobWatch } from "../job-watch.js";
import { HeldConnections } from "./held-connections.js";

/** Whoever has not been heard of for so long is gone; a hidden tab's timers run once a minute. */
const GONE_MS = 180_000;

/**
 * The watches that the tabs of one browser share: one a job, however many tabs show it. Runs in the shared worker, or in
 * the tab that leads. A tab asks with `{from, op: "watch"|"leave"|"beat", key, address, transports}`; what it is told has its `to`.
 */
export class ShareCore {
  /** @type {Map<string, {watch: JobWatch, members: Map<string, string>}>} Members, by the tab's key: who asked. */
  #jobs = new Map();
  /** @type {Map<string, number>} */
  #heard = new Map();
  #held = new HeldConnections();
  #say;
  #options;
  #timer;

  /**
   * @param {(message: any) => void} say
   * @param {import("../types.js").WatchOptions} [options]
   */
  constructor(say, options = {}) {
    this.#say = say;
    this.#options = options;
    this.#timer = setInterval(() => this.#sweep(), GONE_MS / 3);
    /** @type {any} */ (this.#timer).unref?.();
  }

  /**
   * @param {{from: string, op: string, key?: string, address?: import("../job-address.js").JobAddress,
   *   transports?: import("../types.js").TransportName[]}} message
   */
  take({ from, op, key, address, transports }) {
    this.#heard.set(from, Date.now());
    if (op === "watch" && key && address) this.#join(from, key, address, transports);
    else if (op === "leave") this.#leave((member, of) => of === from && (!key || member === key));
    else if (op === "beat" && ![...this.#jobs.values()].some(({ members }) => [...members.values()].includes(from))) {
      this.#say({ to: from, op: "lost" });
    }
  }

  close() {
    clearInterval(this.#timer);
    this.#leave(() => true);
  }

  /**
   * @param {string} from
   * @param {string} key
   * @param {import("../job-address.js").JobAddress} address
   * @param {import("../types.js").TransportName[]} [transports]
   */
  #join(from, key, address, transports) {
    const name = `${address.snapshot} ${transports ?? ""}`;
    const job = this.#jobs.get(name) ?? this.#open(name, address, transports);
    job.members.set(key, from);
    const { watch } = job;
    if (watch.snapshot) this.#say({ to: from, key, op: "snapshot", snapshot: watch.snapshot });
    this.#say({ to: from, key, op: "connection", ...told(watch.connection) });
  }

  /**
   * @param {string} name
   * @param {import("../job-address.js").JobAddress} address
   * @param {import("../types.js").TransportName[]} [transports]
   */
  #open(name, address, transports) {
    const hold = this.#held.of(name);
    const watch = new JobWatch(address, { ...this.#options, transports, fetch: hold.fetch, shared: false });
    const job = { watch, members: new Map() };
    this.#jobs.set(name, job);
    const all = (/** @type {object} */ message) => {
      for (const [key, to] of job.members) this.#say({ to, key, ...message });
    };
    let begun = false;
    watch.on("snapshot", (snapshot) => {
      if (!begun) all({ op: "snapshot", snapshot });
      begun = true;
    });
    watch.on("event", (event) => all({ op: "event", event }));
    watch.on("connection", (state) => {
      if (state.state === "open" && state.transport === "signalr") hold.release();
      all({ op: "connection", ...told(state) });
    });
    watch.on("end", () => {
      hold.release();
      if (this.#jobs.get(name) === job) this.#jobs.delete(name);
      all({ op: "end", snapshot: watch.snapshot, error: plain(watch.error) });
    });
    return job;
  }

  /** @param {(key: string, from: string) => boolean} isMeant */
  #leave(isMeant) {
    for (const [name, { watch, members }] of this.#jobs) {
      for (const [key, from] of members) if (isMeant(key, from)) members.delete(key);
      if (members.size > 0) continue;
      this.#jobs.delete(name);
      watch.close();
    }
  }

  #sweep() {
    const now = Date.now();
    for (const [from, at] of this.#heard) {
      if (now - at < GONE_MS) continue;
      this.#heard.delete(from);
      this.#leave((_, of) => of === from);
    }
  }
}

/** @param {import("../types.js").ConnectionState} connection */
function told({ state, transport, left }) {
  return { state, transport, left: left && { transport: left.transport, error: plain(left.error) } };
}

/** An error as a message can carry it. @param {any} error */
function plain(error) {
  return error && { code: error.code ?? "failed", message: error.message, status: error.status, final: error.final };
}
