/**
 * Watches the jobs of a ProgressHub server, from a browser or from Node, without a build step.
 *
 * ```js
 * import { watchJob } from "/js/progress-hub.js";
 *
 * const watch = watchJob("https://hub.example/watch/5f0c…");
 * watch.on("snapshot", ({ fraction, message }) => render(fraction, message));
 * for await (const event of watch) console.log(event.seq, event.type);
 * const { state, error } = await watch.result();
 * ```
 *
 * @module progress-hub
 */
import { jobAddress } from "./job-address.js";
import { JobWatch } from "./job-watch.js";

export { JobWatchError } from "./errors.js";
export { JobResult } from "./job-result.js";
export { JobWatch } from "./job-watch.js";
export { applyEvent, emptySnapshot, EVENT_TYPES, isFinalState } from "./snapshot.js";

/**
 * Watches a job until it ends. Each event arrives exactly once and in order, whatever happens to the connection: it
 * resumes by cursor, falls back from SignalR to server-sent events to polling, and backs off while the server is away.
 * (As the server may, it spares a watcher `progress` events that later ones supersede.)
 *
 * Without `after` it begins with the present: `snapshot` first, then the events that follow. To have the events from
 * the beginning as well, give `after: 0`.
 *
 * @param {string|URL} idOrUrl A job id (32 hex digits), or an address such as `https://host/api/jobs/{id}`,
 *   `https://host/watch/{id}` or `https://host/jobs/{id}`.
 * @param {import("./types.js").WatchOptions} [options]
 * @returns {JobWatch}
 * @throws {TypeError} The address or the options make no sense.
 */
export function watchJob(idOrUrl, options = {}) {
  return new JobWatch(jobAddress(idOrUrl, options.baseUrl), options);
}
