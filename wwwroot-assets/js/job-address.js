/** Everything before `/api/jobs/{id}`, `/watch/{id}` or `/jobs/{id}` is the path the server is mounted at. */
const JOB_PATH = /^(.*?)\/(?:api\/jobs|watch|jobs)\/([0-9a-f]{32})(?:\/|$)/i;
const JOB_ID = /^[0-9a-f]{32}$/i;

/**
 * @typedef {object} JobAddress
 * @property {string} jobId
 * @property {string} snapshot
 * @property {string} events
 * @property {string} partials
 * @property {string} result
 * @property {string} cancel
 * @property {string} tags
 * @property {string} answers
 * @property {string} hub
 * @property {string} tickets
 */

/**
 * Finds the job and its server. Addresses are built here and never taken from what the server sends, so that a token
 * goes to no other host.
 * @param {string|URL} idOrUrl A job id, or the address of the job.
 * @param {string|URL} [baseUrl] The server, where `idOrUrl` is only an id.
 * @returns {JobAddress}
 */
export function jobAddress(idOrUrl, baseUrl) {
  const text = String(idOrUrl);
  if (JOB_ID.test(text)) return addresses(serverOf(baseUrl), text.toLowerCase());

  const url = asUrl(text, baseUrl);
  const match = url && JOB_PATH.exec(url.pathname);
  if (!match) throw new TypeError(`'${text}' is neither a job id nor the address of a job.`);
  return addresses(url.origin + match[1], match[2].toLowerCase());
}

/**
 * @param {string} text
 * @param {string|URL} [baseUrl]
 */
function asUrl(text, baseUrl) {
  try {
    const url = new URL(text, baseUrl ?? globalThis.document?.baseURI);
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/**
 * In a browser the module comes from the server it talks to (`…/js/job-address.js`), whatever page it is used on.
 * @param {string|URL} [baseUrl]
 */
function serverOf(baseUrl) {
  const base = new URL(baseUrl ?? new URL("..", import.meta.url));
  if (!/^https?:$/.test(base.protocol)) {
    throw new TypeError("A job id alone does not say where the server is: give baseUrl, or the job's address.");
  }
  return base.origin + base.pathname.replace(/\/+$/, "");
}

/**
 * @param {string} server
 * @param {string} jobId
 * @returns {JobAddress}
 */
function addresses(server, jobId) {
  const job = `${server}/api/jobs/${jobId}`;
  return {
    jobId,
    snapshot: job,
    events: `${job}/events`,
    partials: `${job}/partials`,
    result: `${job}/result`,
    cancel: `${job}/cancel`,
    tags: `${job}/tags`,
    answers: `${job}/answers`,
    hub: `${server}/hubs/jobs`,
    tickets: `${server}/api/tickets`,
  };
}
