import { JobWatchError } from "../errors.js";
import { EVENT_TYPES } from "../snapshot.js";
import { Watchdog } from "../timing.js";
import { withQuery } from "../http.js";
import { followBySse, receive, silent } from "./sse.js";
import { explain } from "./settle.js";
import { ticketFor } from "./ticket.js";

const CLOSED = 2;

/**
 * Server-sent events read with an `EventSource`, which reconnects on its own, by `Last-Event-ID` and after the time
 * that the server asked for. Only when that leads nowhere, or it gives up, does the connection end here. It can't send
 * a header: where there is a token it is opened with a ticket, which is good once, so that it is opened anew each time.
 * @param {import("../follow.js").Link} link
 */
export async function followByEventSource(link) {
  let ticket = null;
  try {
    if (link.http.hasToken) ticket = await ticketFor(link);
  } catch (/** @type {any} */ error) {
    if (error?.code === "no_tickets") return followBySse(link);
    throw error;
  }
  const watchdog = new Watchdog(link.signal, link.timing.openMs, silent);
  try {
    const source = new link.options.EventSource(withQuery(link.address.events, { after: link.ledger.cursor, ticket }));
    try {
      await listen(link, source, watchdog);
    } finally {
      source.close();
    }
  } finally {
    watchdog.stop();
  }
  // It does not say why it gave up: the end of the job, an error, or no such job.
  if (!link.ledger.finished) await explain(link, new JobWatchError("refused", "The event stream was refused."));
}

/**
 * @param {import("../follow.js").Link} link
 * @param {any} source
 * @param {Watchdog} watchdog
 * @returns {Promise<void>} Resolves at the end of the job or when the source has given up.
 */
function listen(link, source, watchdog) {
  return new Promise((resolve, reject) => {
    let newsAtError = link.ledger.news;
    let failed = false;
    const fail = (/** @type {unknown} */ error) => {
      failed = true;
      reject(error);
    };
    watchdog.signal.addEventListener("abort", () => fail(watchdog.signal.reason));
    if (watchdog.signal.aborted) fail(watchdog.signal.reason);

    const onMessage = (/** @type {MessageEvent} */ message) => {
      if (failed) return; // what came in the same chunk is still delivered, even to a closed source
      watchdog.feed(link.timing.silenceMs);
      try {
        receive(link, message.type, message.data);
      } catch (error) {
        return fail(error);
      }
      if (link.ledger.finished) resolve();
    };
    for (const type of ["snapshot", "heartbeat", ...EVENT_TYPES]) source.addEventListener(type, onMessage);

    source.addEventListener("error", () => {
      if (source.readyState === CLOSED) return resolve();
      if (link.http.hasToken) return fail(new JobWatchError("cut", "The event stream was cut."));
      if (newsAtError === link.ledger.news) {
        return fail(new JobWatchError("cut", "The event stream was cut before it told anything new."));
      }
      newsAtError = link.ledger.news;
      link.interrupted();
      watchdog.feed(link.timing.openMs);
    });
  });
}
