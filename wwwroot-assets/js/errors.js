/** The answers that no retry changes: not allowed, unknown, purged. */
const FINAL_STATUSES = new Set([401, 403, 404, 410]);

/** An hour: a server that asks for more is asked again then. */
const LONGEST_RETRY_AFTER_MS = 3_600_000;

/**
 * What went wrong with a watch (not with the job: that is `snapshot.error`).
 */
export class JobWatchError extends Error {
  /**
   * @param {string} code A stable identifier: the server's `code`, or one of this module's.
   * @param {string} message
   * @param {{status?: number, final?: boolean, skip?: boolean, retryAfterMs?: number, cause?: unknown}} [details]
   */
  constructor(code, message, { status, final = false, skip = false, retryAfterMs, cause } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "JobWatchError";
    this.code = code;
    /** The HTTP status, where there was one. */
    this.status = status;
    /** Whether no retry can help. */
    this.final = final;
    /** Whether this transport is not worth a second try now. */
    this.skip = skip;
    /** How long the server asked to wait, in milliseconds. */
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Reads an error answer (RFC 9457 problem details, or anything else).
 * @param {Response} response
 * @returns {Promise<JobWatchError>}
 */
export async function problemOf(response) {
  const problem = await readProblem(response);
  const { status } = response;
  return new JobWatchError(
    problem?.code ?? `http_${status}`,
    problem?.detail ?? problem?.title ?? `The server answered ${status}.`,
    { status, final: FINAL_STATUSES.has(status), retryAfterMs: retryAfterOf(response) },
  );
}

/** @param {Response} response */
async function readProblem(response) {
  try {
    return JSON.parse(await response.text());
  } catch {
    return null;
  }
}

/**
 * `Retry-After` is seconds or a date (RFC 9110, section 10.2.3).
 * @param {Response} response
 */
function retryAfterOf(response) {
  const value = response.headers.get("Retry-After");
  if (!value) return undefined;
  const ms = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS) : undefined;
}
