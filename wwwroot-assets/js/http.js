import { JobWatchError, problemOf } from "./errors.js";
import { Watchdog } from "./timing.js";

/**
 * Requests to the server, each with its token and its time limit, error answers turned into `JobWatchError`.
 */
export class JobHttp {
  #fetch;
  #accessToken;

  /**
   * @param {object} options
   * @param {typeof globalThis.fetch} [options.fetch]
   * @param {string|(() => string|Promise<string>)} [options.accessToken]
   */
  constructor({ fetch, accessToken }) {
    // fetch must not be called as a method of anything but the global object
    this.#fetch = fetch ?? ((input, init) => globalThis.fetch(input, init));
    this.#accessToken = accessToken;
  }

  /** Whether requests carry a token. */
  get hasToken() {
    return this.#accessToken !== undefined;
  }

  /** @returns {Promise<string|undefined>} */
  async token() {
    return typeof this.#accessToken === "function" ? await this.#accessToken() : this.#accessToken;
  }

  /**
   * One request. The caller reads the body.
   * @param {string} url
   * @param {object} options
   * @param {AbortSignal} options.signal
   * @param {string} [options.accept]
   * @param {string} [options.method]
   * @param {Record<string, string|number|null|undefined>} [options.query] Without those that are null.
   * @param {unknown} [options.body] Sent as JSON.
   * @returns {Promise<Response>} Any 2xx or 304.
   */
  async send(url, { signal, accept = "application/json", method = "GET", query = {}, body }) {
    /** @type {Record<string, string>} */
    const headers = { Accept: accept };
    const token = await this.token();
    if (token) headers.Authorization = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";

    const response = await this.#fetch(withQuery(url, query), {
      method, headers, signal, cache: "no-store", body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (response.ok || response.status === 304) return response;
    throw await problemOf(response);
  }

  /**
   * One request with a JSON answer (null for 204 and 304), all within a time limit.
   * @param {string} url
   * @param {Parameters<JobHttp["send"]>[1] & {timeoutMs: number}} options
   * @returns {Promise<any>}
   */
  async json(url, { signal, timeoutMs, ...options }) {
    const late = () => new JobWatchError("timeout", "The server did not answer in time.");
    const watchdog = new Watchdog(signal, timeoutMs, late);
    try {
      const response = await this.send(url, { ...options, signal: watchdog.signal });
      return response.status === 204 || response.status === 304 ? null : await response.json();
    } finally {
      watchdog.stop();
    }
  }
}

/**
 * @param {string} url
 * @param {Record<string, string|number|null|undefined>} query
 */
export function withQuery(url, query) {
  const result = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined) result.searchParams.set(name, String(value));
  }
  return result.href;
}
