import { followByEventSource } from "./event-source.js";
import { canShare } from "../shared/tab.js";
import { followByPolling } from "./poll.js";
import { followByShared } from "./shared.js";
import { canUseSignalR, followBySignalR } from "./signalr.js";
import { followBySse } from "./sse.js";

const NAMES = Object.freeze(["signalr", "sse", "poll"]);

/**
 * The transports that were asked for and can be used here, in order of preference.
 * @param {import("../types.js").WatchOptions} options
 * @returns {import("../follow.js").Transport[]}
 */
export function transportsFor(options) {
  const wanted = options.transports ?? NAMES;
  const unknown = wanted.find((name) => !NAMES.includes(name));
  if (unknown !== undefined || wanted.length === 0) {
    const not = unknown === undefined ? "" : `, not '${unknown}'`;
    throw new TypeError(`transports must name at least one of ${NAMES.join(", ")}${not}.`);
  }

  const usable = wanted.filter((name) => name !== "signalr" || canUseSignalR(options));
  if (usable.length === 0) {
    throw new TypeError("SignalR alone was asked for, but its library is not here: give it as signalR.");
  }
  const direct = usable.map((name) => ({ name, follow: functionOf(name, options) }));
  return /** @type {any} */ (mayShare(options) ? [{ name: "shared", follow: followByShared }, ...direct] : direct);
}

/**
 * A shared watch asks in the name of the browser alone: with its cookies, and with nothing that one tab has of its own.
 * @param {import("../types.js").WatchOptions} options
 */
function mayShare({ shared, accessToken, fetch, signalR, hubProtocol }) {
  return shared === true && accessToken === undefined && !fetch && !signalR && !hubProtocol && canShare();
}

/**
 * @param {string} name
 * @param {import("../types.js").WatchOptions} options
 */
function functionOf(name, { EventSource }) {
  if (name === "signalr") return followBySignalR;
  if (name === "poll") return followByPolling;
  return EventSource ? followByEventSource : followBySse;
}
