import { JobWatchError } from "../errors.js";
import { isFinalState } from "../snapshot.js";

/** @typedef {import("../follow.js").Link} Link */

/** How many events to ask for at once. */
const PAGE = 500;

/**
 * Brings the ledger up to the present: asks for the state, and for the events that lead to it.
 * @param {Link} link
 * @param {{waitSeconds?: number}} [options] How long the server may hold its answer back for something new to tell.
 */
export async function settle(link, { waitSeconds } = {}) {
  const { ledger } = link;
  const snapshot = await askState(link, waitSeconds);
  if (snapshot === null) return;

  ledger.offer(snapshot);
  if (snapshot.seq > (ledger.cursor ?? 0)) await readEvents(link);
  // A job that has ended stays ended, even if its log does not say so.
  if (isFinalState(snapshot.state)) ledger.finished = true;
}

/**
 * After a refusal that does not say why. A job that is unknown or not ours is thrown as such; one that has ended is
 * brought to its end; otherwise it was the transport that failed. What is new is left for the next connection to tell,
 * so that a transport which never works is not taken for one that does.
 * @param {Link} link
 * @param {unknown} failure
 */
export async function explain(link, failure) {
  const snapshot = await askState(link);
  if (!isFinalState(snapshot?.state)) throw failure;
  await settle(link);
}

/**
 * @param {Link} link
 * @param {number} [waitSeconds]
 */
function askState({ ledger, http, address, signal, timing }, waitSeconds) {
  const wait = ledger.cursor === null ? undefined : waitSeconds;
  return http.json(address.snapshot, {
    signal,
    timeoutMs: timing.openMs + (wait ?? 0) * 1000,
    query: wait === undefined ? {} : { wait, after: ledger.cursor },
  });
}

/**
 * Reads all the log has after the cursor, page by page.
 * @param {Link} link
 */
async function readEvents({ ledger, http, address, signal, timing }) {
  while (!ledger.finished) {
    const before = ledger.cursor;
    const page = await http.json(address.events, {
      signal, timeoutMs: timing.openMs, query: { after: before, limit: PAGE },
    });
    if (!Array.isArray(page?.events)) {
      throw new JobWatchError("bad_page", "The server did not answer with a page of events.");
    }
    ledger.deliverAll(page.events);
    if (page.next == null || ledger.cursor === before) return;
  }
}
