import { JobWatchError } from "../errors.js";

/**
 * A browser sends no headers with a WebSocket or an `EventSource`, and an address is seen by too many to have a token in
 * it. What stands there instead is a ticket: good once, for a minute, to watch this job and to do nothing.
 * @param {import("../follow.js").Link} link
 * @returns {Promise<string>}
 */
export async function ticketFor({ http, address, signal, timing }) {
  try {
    const options = { method: "POST", body: { job: address.jobId }, signal, timeoutMs: timing.openMs };
    return (await http.json(address.tickets, options)).ticket;
  } catch (/** @type {any} */ error) {
    // A server of before there were any, or one without sign-in: a transport that can send a header will do.
    if (error?.code !== "job_not_found" && (error?.status === 404 || error?.status === 405)) {
      throw new JobWatchError("no_tickets", "This server gives no tickets for streams.", { skip: true });
    }
    throw error;
  }
}

/** Whether a token can go in a header with a WebSocket: in Node, and in no browser. */
export function canSendHeaders() {
  return /** @type {any} */ (globalThis).process?.release?.name === "node";
}
