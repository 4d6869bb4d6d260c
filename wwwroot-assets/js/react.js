/**
 * A job's state in a React component (18 or later).
 *
 * ```jsx
 * import { useJob } from "progress-hub/react";
 *
 * function Bar({ id }) {
 *   const { snapshot, connection, error, watch } = useJob(id, { baseUrl: "https://hub.example" });
 *   return <progress value={snapshot?.fraction} />;
 * }
 * ```
 *
 * @module progress-hub/react
 */
import { useEffect, useState } from "react";
import { watchJob } from "./progress-hub.js";

/**
 * @typedef {object} JobView
 * @property {import("./types.js").JobSnapshot|null} snapshot Null until the server has answered.
 * @property {import("./types.js").ConnectionState} connection
 * @property {Error|null} error Why the watch failed for good.
 * @property {import("./job-watch.js").JobWatch|null} watch To cancel the job, to answer it, or to wait for its result.
 */

/** @type {JobView} */
const NOTHING = { snapshot: null, connection: { state: "connecting", transport: null }, error: null, watch: null };

/**
 * Watches a job while the component is there. Another id, `baseUrl` or `after` begins another watch; the other options count
 * as they were when it began.
 * @param {string|URL|null|undefined} idOrUrl Null watches nothing.
 * @param {import("./types.js").WatchOptions & {onEvent?: (event: import("./types.js").JobEvent) => void}} [options]
 * @returns {JobView}
 */
export function useJob(idOrUrl, options = {}) {
  const [view, setView] = useState(NOTHING);
  const name = idOrUrl == null ? null : String(idOrUrl);
  const base = options.baseUrl === undefined ? undefined : String(options.baseUrl);
  useEffect(() => {
    setView(NOTHING);
    if (name === null) return;
    const { onEvent, ...rest } = options;
    const change = (/** @type {Partial<JobView>} */ part) => setView((before) => ({ ...before, ...part }));
    let watch;
    try {
      watch = watchJob(name, { shared: true, ...rest });
    } catch (/** @type {any} */ error) {
      return change({ error });
    }
    const stops = [
      watch.on("snapshot", (snapshot) => change({ snapshot })),
      watch.on("connection", (connection) => change({ connection })),
      watch.on("error", (error) => change({ error })),
      onEvent ? watch.on("event", onEvent) : () => {},
    ];
    change({ watch });
    return () => {
      for (const stop of stops) stop();
      watch.close();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the options of a render are new each time
  }, [name, base, options.after]);
  return view;
}
