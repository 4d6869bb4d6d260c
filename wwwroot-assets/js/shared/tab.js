import { ShareCore } from "./share-core.js";

const NAME = "progress-hub";
const BEAT_MS = 20_000;
const START_MS = 8_000;

/** Whether tabs of this browser can share a connection. */
export function canShare() {
  const here = /** @type {any} */ (globalThis);
  return typeof here.document === "object" && (typeof here.SharedWorker === "function" || canLead());
}

function canLead() {
  return typeof globalThis.BroadcastChannel === "function" && Boolean(/** @type {any} */ (globalThis).navigator?.locks);
}

/**
 * This tab's end of the shared watches: a shared worker's port or, where there are none, a channel to the tab that
 * leads. The tab with the lock leads; when it closes the browser gives the lock to the next, which tells all.
 */
class Tab {
  #id = newKey();
  /** @type {Map<string, {onMessage: (message: any) => void, onLost: () => void, onBroken: () => void}>} */
  #members = new Map();
  #isBroken = false;
  #post;

  constructor() {
    this.#post = typeof SharedWorker === "function" ? this.#connectWorker() : this.#connectChannel();
    setInterval(() => this.#members.size > 0 && this.#say({ op: "beat" }), BEAT_MS);
    addEventListener("pagehide", () => this.#say({ op: "leave" }));
    addEventListener("pageshow", ({ persisted }) => persisted && this.#lose());
  }

  /**
   * @param {import("../job-address.js").JobAddress} address
   * @param {import("../types.js").TransportName[]|undefined} transports
   * @param {{onMessage: (message: any) => void, onLost: () => void, onBroken: () => void}} member
   */
  join(address, transports, member) {
    const key = newKey();
    const watch = () => this.#say({ op: "watch", key, address, transports });
    this.#members.set(key, member);
    if (this.#isBroken) queueMicrotask(member.onBroken);
    else watch();
    return {
      again: watch,
      leave: () => {
        this.#members.delete(key);
        this.#say({ op: "leave", key });
      },
    };
  }

  #connectWorker() {
    const worker = new SharedWorker(new URL("./worker.js", import.meta.url), { type: "module", name: NAME });
    const broken = () => {
      this.#isBroken = true;
      for (const { onBroken } of [...this.#members.values()]) onBroken();
    };
    // Not every browser tells of every worker that does not start: one that never says a word counts as such.
    const start = setTimeout(broken, START_MS);
    worker.onerror = broken;
    worker.port.onmessage = ({ data }) => {
      clearTimeout(start);
      this.#take(data);
    };
    return (/** @type {object} */ message) => worker.port.postMessage(message);
  }

  #connectChannel() {
    const channel = new BroadcastChannel(NAME);
    channel.onmessage = ({ data }) => this.#take(data);
    navigator.locks.request(NAME, () => new Promise(() => lead())).catch(() => {});
    return (/** @type {object} */ message) => channel.postMessage(message);
  }

  /** @param {object} message */
  #say(message) {
    this.#post({ from: this.#id, ...message });
  }

  /** @param {any} message */
  #take(message) {
    if (message.op === "leader" || (message.op === "lost" && message.to === this.#id)) this.#lose();
    else if (message.to === this.#id) this.#members.get(message.key)?.onMessage(message);
  }

  #lose() {
    for (const { onLost } of [...this.#members.values()]) onLost();
  }
}

/** A name that no other tab has. (`crypto.randomUUID` is not there over plain HTTP.) */
function newKey() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join("-");
}

/** A channel does not hear itself: whoever leads has another one to the tabs, its own among them. */
function lead() {
  const channel = new BroadcastChannel(NAME);
  const core = new ShareCore((message) => channel.postMessage(message));
  channel.onmessage = ({ data }) => data.from && core.take(data);
  channel.postMessage({ op: "leader" });
}

/** @type {Tab|null} */
let tab = null;

/** The one of this page. */
export function thisTab() {
  return tab ??= new Tab();
}
