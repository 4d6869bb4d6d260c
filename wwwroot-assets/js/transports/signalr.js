import { JobWatchError } from "../errors.js";
import { isFinalState } from "../snapshot.js";
import { Watchdog } from "../timing.js";
import { explain, settle } from "./settle.js";
import { silent } from "./sse.js";
import { canSendHeaders, ticketFor } from "./ticket.js";

const SCRIPT = new URL("../../vendor/signalr/signalr.min.js", import.meta.url).href;

/**
 * Whether there is a way to get the client library.
 * @param {import("../types.js").WatchOptions} options
 */
export function canUseSignalR({ signalR }) {
  return Boolean(signalR ?? /** @type {any} */ (globalThis).signalR ?? globalThis.document ?? isWorker());
}

/**
 * The hub, over WebSockets: where they are blocked, our own streams cost the server less than those of the library. A
 * connection that is lost ends here and is resumed by cursor; the library's stateful reconnect bridges short cuts, and
 * its pings notice a dead connection.
 * @param {import("../follow.js").Link} link
 */
export async function followBySignalR(link) {
  const watchdog = new Watchdog(link.signal, link.timing.openMs, silent);
  /** @type {any} */
  let connection;
  try {
    await new Promise((resolve, reject) => {
      const abort = () => reject(watchdog.signal.reason);
      watchdog.signal.addEventListener("abort", abort);
      if (watchdog.signal.aborted) abort();

      loadSignalR(link.options).then(async (library) => {
        // The first is asked for here: what the library is told of an error it tells nobody as it was.
        const ticket = link.http.hasToken && !canSendHeaders() ? await ticketFor(link) : null;
        if (watchdog.signal.aborted) return;
        connection = connectionOf(library, link, ticket);
        connection.onclose((/** @type {Error|undefined} */ error) => error ? reject(error) : resolve(undefined));
        return watch(link, connection, () => resolve(undefined));
      }).then(() => watchdog.rest()).catch(reject);
    });
  } finally {
    watchdog.stop();
    connection?.stop().catch(() => {});
  }
}

/**
 * Joins first, then reads: events that happen in between arrive before the answer, and wait for it. How many is bounded
 * by the time that opening may take.
 * @param {import("../follow.js").Link} link
 * @param {any} connection
 * @param {() => void} onFinished
 */
async function watch(link, connection, onFinished) {
  const { ledger } = link;
  /** @type {import("../types.js").JobEvent[]|null} */
  let early = [];
  // A handler of the hub must return nothing: a value would be an answer that the server did not ask for.
  connection.on("events", (/** @type {import("../types.js").JobEvent[]} */ batch) => {
    if (early) {
      early.push(...batch);
      return;
    }
    ledger.deliverAll(batch);
    if (ledger.finished) onFinished();
  });

  await connection.start();
  const { snapshot, events } = await invokeWatch(link, connection);
  ledger.begin(snapshot);
  link.opened();
  ledger.deliverAll(events);
  ledger.deliverAll(early);
  early = null;

  if (isFinalState(ledger.snapshot?.state)) await settle(link);
  if (ledger.finished) onFinished();
}

/**
 * @param {import("../follow.js").Link} link
 * @param {any} connection
 */
async function invokeWatch(link, connection) {
  try {
    return await connection.invoke("Watch", link.ledger.jobId, link.ledger.cursor);
  } catch (error) {
    // An error of the hub is only text: whether the job is unknown or not ours, HTTP can say.
    await explain(link, error);
    return { snapshot: link.ledger.snapshot, events: [] };
  }
}

/**
 * @param {any} library
 * @param {import("../follow.js").Link} link
 * @param {string|null} first The first ticket.
 */
function connectionOf(library, link, first) {
  const { http, address } = link;
  // Asked anew for each request and each socket: a ticket is good once. In an address there is never anything else.
  const access = canSendHeaders() ? async () => (await http.token()) ?? "" : async () => {
    const ticket = first ?? await ticketFor(link);
    first = null;
    return ticket;
  };
  const builder = new library.HubConnectionBuilder()
    .withUrl(address.hub, {
      transport: library.HttpTransportType.WebSockets,
      withCredentials: false, // that is: to the same origin only, as with fetch
      accessTokenFactory: http.hasToken ? access : undefined,
    })
    .configureLogging(library.LogLevel.None);
  if (link.options.hubProtocol) builder.withHubProtocol(link.options.hubProtocol);
  return (builder.withStatefulReconnect?.() ?? builder).build();
}

/** @type {Promise<any>|null} */
let script = null;

/**
 * @param {import("../types.js").WatchOptions} options
 * @returns {Promise<any>}
 */
async function loadSignalR({ signalR }) {
  const present = signalR ?? /** @type {any} */ (globalThis).signalR;
  if (present) return present;
  script ??= isWorker() ? importScript() : injectScript();
  return script;
}

function isWorker() {
  return "SharedWorkerGlobalScope" in globalThis;
}

async function importScript() {
  try {
    await import(SCRIPT);
  } catch {
    script = null;
  }
  const library = /** @type {any} */ (globalThis).signalR;
  if (library) return library;
  throw new JobWatchError("signalr_unavailable", "The SignalR client could not be loaded.", { skip: true });
}

/** The library comes as a classic script; a Content-Security-Policy of `script-src 'self'` lets it in. */
function injectScript() {
  return new Promise((resolve, reject) => {
    const fail = () => {
      script = null;
      reject(new JobWatchError("signalr_unavailable", "The SignalR client could not be loaded.", { skip: true }));
    };
    const element = document.createElement("script");
    element.src = SCRIPT;
    element.onerror = fail;
    element.onload = () => {
      const library = /** @type {any} */ (globalThis).signalR;
      if (library) resolve(library);
      else fail();
    };
    document.head.append(element);
  });
}
