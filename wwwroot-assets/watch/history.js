/** @typedef {import("../js/types.js").JobEvent} JobEvent */

const PAGE = 500;

/** How many log lines are wanted, and how far back to look for them; the very last are asked for first, alone. */
const LINES = 1000;
const LOG_DEPTH = 5000;
const FIRST = 100;

/**
 * What happened before the page was opened: the latest log lines, and every piece of the result.
 * @param {import("../js/http.js").JobHttp} http
 * @param {import("../js/job-address.js").JobAddress} address
 * @param {number} upTo The last event that is of interest.
 * @param {(event: JobEvent) => void} show
 */
export async function showHistory(http, address, upTo, show) {
  const of = (/** @type {string} */ type) => (/** @type {JobEvent} */ event) => {
    if (event.type === type) show(event);
  };
  await Promise.allSettled([
    readPages(http, address.partials, 0, upTo, of("partial")),
    readLog(http, address.events, upTo, show),
  ]);
}

/**
 * @param {import("../js/http.js").JobHttp} http
 * @param {string} url
 * @param {number} after
 * @param {number} upTo
 * @param {(event: JobEvent) => void} each
 */
async function readPages(http, url, after, upTo, each) {
  const { signal } = new AbortController();
  for (let next = after; next < upTo;) {
    const page = await http.json(url, { signal, timeoutMs: 30_000, query: { after: next, limit: PAGE } });
    page.events.forEach(each);
    if (!(page.next > next)) return;
    next = page.next;
  }
}

/**
 * The last log lines, from the end backwards, so that the latest are there first and no more is read than is shown.
 * @param {import("../js/http.js").JobHttp} http
 * @param {string} url
 * @param {number} upTo
 * @param {(event: JobEvent) => void} show
 */
async function readLog(http, url, upTo, show) {
  const { signal } = new AbortController();
  let lines = 0;
  for (let end = upTo, size = FIRST; end > Math.max(0, upTo - LOG_DEPTH) && lines < LINES; end -= size, size = PAGE) {
    const after = Math.max(0, end - size);
    const page = await http.json(url, { signal, timeoutMs: 30_000, query: { after, limit: end - after } });
    const log = page.events.filter((/** @type {JobEvent} */ event) => event.type === "log");
    lines += log.length;
    log.forEach(show);
  }
}
