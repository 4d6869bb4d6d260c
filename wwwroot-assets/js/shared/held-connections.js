import { JobWatchError } from "../errors.js";

/** A browser has six connections to a server over HTTP/1.1, for all its tabs; half of them are left to the pages. */
const MOST = 3;

/**
 * Sees to it that only a few watches hold a connection open with a stream or a long poll. The others ask now and then.
 * (WebSockets are not counted among a browser's six.)
 */
export class HeldConnections {
  /** @type {Set<string>} */
  #holders = new Set();

  /** @param {string} name Who holds. */
  of(name) {
    const mayHold = () => {
      if (this.#holders.size < MOST) this.#holders.add(name);
      return this.#holders.has(name);
    };
    return {
      /** @type {typeof globalThis.fetch} */
      fetch: async (input, init) => {
        const url = new URL(String(input));
        const accept = /** @type {Record<string, string>} */ (init?.headers ?? {}).Accept;
        if (accept === "text/event-stream" && !mayHold()) {
          throw new JobWatchError("too_many_streams", "Other jobs hold the connections that streams may have.", { skip: true });
        }
        if (url.searchParams.has("wait") && !mayHold()) {
          url.searchParams.delete("wait");
          url.searchParams.delete("after");
        }
        return globalThis.fetch(url.href, init);
      },
      release: () => void this.#holders.delete(name),
    };
  }
}
