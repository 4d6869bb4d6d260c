/**
 * `<progress-job job="5f0c…">`: a job's progress, kept up to date. Attributes: `job` (an id or an address), `base-url`, and
 * `own`, which shares no connection with other tabs. It dispatches `snapshot`, `connection` and `end`, each with its value
 * in `detail`. All that a job says is shown as text. Style its parts: `title`, `bar`, `message`.
 *
 * ```html
 * <script type="module" src="/js/element.js"></script>
 * <progress-job job="5f0c…"></progress-job>
 * ```
 *
 * @module progress-hub/element
 */
import { watchJob } from "./progress-hub.js";

/** How a state is put. @type {Record<string, string>} */
const WORDS = {
  queued: "Waiting", running: "Running", waitingForInput: "Waiting for an answer", canceling: "Canceling",
  succeeded: "Succeeded", failed: "Failed", canceled: "Canceled",
};

/** @typedef {{title: HTMLElement, bar: HTMLProgressElement, message: HTMLElement}} Parts */

const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class ProgressJob extends Base {
  static observedAttributes = ["job", "base-url"];

  /** @type {import("./job-watch.js").JobWatch|null} */
  #watch = null;
  /** @type {Parts|null} */
  #parts = null;

  /** The watch, for who wants more of it; null while there is none. */
  get watch() {
    return this.#watch;
  }

  connectedCallback() {
    this.#parts ??= this.#build();
    this.#begin();
  }

  disconnectedCallback() {
    this.#end();
  }

  attributeChangedCallback() {
    if (this.isConnected && this.#parts) this.#begin();
  }

  #begin() {
    this.#end();
    const job = this.getAttribute("job");
    if (!job) return;
    try {
      this.#watch = watchJob(job, { baseUrl: this.getAttribute("base-url") ?? undefined, shared: !this.hasAttribute("own") });
    } catch (/** @type {any} */ error) {
      return this.#say(error.message);
    }
    const watch = this.#watch;
    for (const type of ["snapshot", "connection", "end"]) {
      watch.on(type, (detail) => {
        if (watch !== this.#watch) return;
        if (type === "snapshot") this.#show(detail);
        this.dispatchEvent(new CustomEvent(type, { detail }));
      });
    }
    watch.on("error", (error) => watch === this.#watch && this.#say(error.message));
  }

  #end() {
    const watch = this.#watch;
    this.#watch = null;
    watch?.close();
  }

  /** @param {import("./types.js").JobSnapshot} snapshot */
  #show({ title, state, fraction, stageFraction, message, error }) {
    const { title: heading, bar } = /** @type {Parts} */ (this.#parts);
    heading.textContent = title;
    bar.setAttribute("aria-label", title);
    const isUnknown = state === "running" && fraction === 0 && stageFraction == null;
    if (isUnknown) bar.removeAttribute("value");
    else bar.value = fraction;
    this.dataset.state = state;
    const percent = isUnknown ? "" : ` ${Math.floor(fraction * 100)} %`;
    this.#say(`${WORDS[state] ?? state}${percent}${error ? `: ${error.message}` : state === "running" && message ? `: ${message}` : ""}`);
  }

  /** @param {string} text */
  #say(text) {
    /** @type {Parts} */ (this.#parts).message.textContent = text;
  }

  #build() {
    const root = this.attachShadow({ mode: "open" });
    const make = (/** @type {string} */ tag, /** @type {string} */ part) => {
      const element = document.createElement(tag);
      element.setAttribute("part", part);
      root.append(element);
      return element;
    };
    const title = make("strong", "title");
    const bar = /** @type {HTMLProgressElement} */ (make("progress", "bar"));
    bar.max = 1;
    const message = make("span", "message");
    message.setAttribute("role", "status");
    return { title, bar, message };
  }
}

globalThis.customElements?.define("progress-job", ProgressJob);
