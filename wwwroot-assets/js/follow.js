import { backoffMs, pause } from "./timing.js";

/** So many useless connections in a row, and the next transport gets its turn. */
const FAILURES_UNTIL_NEXT = 2;

/**
 * What a transport is given.
 * @typedef {object} Link
 * @property {import("./ledger.js").Ledger} ledger Takes all that is received.
 * @property {import("./http.js").JobHttp} http
 * @property {import("./job-address.js").JobAddress} address
 * @property {AbortSignal} signal
 * @property {import("./types.js").Timing} timing
 * @property {import("./types.js").WatchOptions} options
 * @property {boolean} isFallback Whether a better transport was given up for this one.
 * @property {number|null} reconnectMs When the server, before it ended the stream, asked to be left alone for so long.
 * @property {() => void} opened Call when the connection has said something.
 * @property {() => void} interrupted Call when a connection that repairs itself is being repaired.
 * @property {(transport: any, left: any) => void} heardVia Call when a shared connection says what it goes over itself.
 *
 * @typedef {object} Transport
 * @property {import("./types.js").TransportName} name
 * @property {(link: Link) => Promise<void>} follow One connection: resolves when it ends, rejects when it fails.
 */

/**
 * Follows a job to its end: keeps one connection, resumes by cursor, backs off, and goes from transport to transport.
 * Resolves once the job has ended; rejects when no retry can help or the signal aborts.
 * @param {Omit<Link, "isFallback"|"reconnectMs"|"opened"|"interrupted"|"heardVia">} base
 * @param {Transport[]} transports
 * @param {(state: import("./types.js").ConnectionState) => void} onState
 */
export async function follow(base, transports, onState) {
  const { ledger, signal, timing } = base;
  let index = 0;
  let failuresOfThis = 0;
  let failures = 0;
  let wasOpen = false;
  /** @type {import("./types.js").ConnectionState["left"]} */
  let left;

  while (!ledger.finished) {
    signal.throwIfAborted();
    const transport = transports[index];
    const attempt = await connect(base, transport, index > 0, (open, via) => {
      wasOpen ||= open;
      onState({ state: open ? "open" : "reconnecting", transport: via?.transport ?? transport.name, left: via?.left ?? left });
    });
    if (ledger.finished) return;

    if (attempt.useful) failuresOfThis = failures = 0;
    else failures++, failuresOfThis++;

    if (attempt.endedTerm) {
      // Polling has served its term: try the best transport once more, but only once.
      index = 0;
      left = undefined;
      failuresOfThis = FAILURES_UNTIL_NEXT - 1;
    } else if (failuresOfThis >= FAILURES_UNTIL_NEXT || attempt.error?.skip) {
      left = { transport: transport.name, error: attempt.error };
      index = (index + 1) % transports.length;
      failuresOfThis = 0;
    }

    const wait = pauseAfter(attempt, failures, timing);
    onState({
      state: wasOpen ? "reconnecting" : "connecting",
      transport: transports[index].name,
      retryInMs: wait.ms,
      error: attempt.error,
      left,
    });
    await pause(wait.ms, signal, { untilOnline: !wait.asked });
  }
}

/**
 * One connection, and whether it was of use. A snapshot that tells nothing new is no use: a proxy that cuts every
 * stream after its first frame must not keep us here.
 * @param {Omit<Link, "isFallback"|"reconnectMs"|"opened"|"interrupted"|"heardVia">} base
 * @param {Transport} transport
 * @param {boolean} isFallback
 * @param {(open: boolean, via?: {transport: any, left: any}) => void} onOpen
 */
async function connect(base, transport, isFallback, onOpen) {
  const { ledger, signal, timing } = base;
  const newsBefore = ledger.news;
  const startedAt = Date.now();
  let open = false;
  /** @type {{transport: any, left: any}|undefined} */
  let via;
  const setOpen = (/** @type {boolean} */ now) => {
    if (now !== open) onOpen(now, via);
    open = now;
  };
  /** @type {Link} */
  const link = {
    ...base,
    isFallback,
    reconnectMs: null,
    opened: () => setOpen(true),
    interrupted: () => setOpen(false),
    heardVia: (transport, left) => {
      const news = via?.transport !== transport;
      via = { transport, left };
      if (open && news) onOpen(true, via);
    },
  };

  /** @type {any} */
  let error;
  try {
    await transport.follow(link);
  } catch (/** @type {any} */ reason) {
    if (signal.aborted || reason?.final) throw reason;
    error = reason;
  }
  return {
    error,
    reconnectMs: link.reconnectMs,
    useful: ledger.news > newsBefore || (open && Date.now() - startedAt >= timing.steadyMs),
    endedTerm: isFallback && !error && transport.name === "poll",
  };
}

/**
 * What the server asks for goes first. A `Retry-After` is the same for all clients, so it gets jitter on top; the
 * `retry` of a stream comes with its own.
 * @param {{error?: any, reconnectMs: number|null, endedTerm: boolean}} attempt
 * @param {number} failures
 * @param {import("./types.js").Timing} timing
 */
function pauseAfter({ error, reconnectMs, endedTerm }, failures, timing) {
  if (endedTerm) return { ms: 0, asked: false };
  if (error?.retryAfterMs !== undefined) return { ms: error.retryAfterMs + backoffMs(0, timing), asked: true };
  if (reconnectMs !== null) return { ms: reconnectMs, asked: true };
  return { ms: backoffMs(failures, timing), asked: false };
}
