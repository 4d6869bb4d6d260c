import { problemOf, JobWatchError } from "./errors.js";
import { Watchdog, backoffMs, pause, DEFAULT_TIMING } from "./timing.js";

/**
 * Uploads of files that survive a lost connection and a restart of the server (tus 1.0, https://tus.io).
 *
 * @example
 * const upload = await createUpload(file);
 * submit({ kind: "transcription", input: { file: upload.id } }); // the job shows the bytes as they arrive
 * await upload.send({ onProgress: ({ sent, total }) => (bar.value = sent / total) });
 */

const VERSION = "1.0.0";
const CHUNK_BYTES = 8 * 1024 * 1024;

/** A piece may take its time on a slow line; without any answer for so long it is tried again. */
const CHUNK_MS = 300_000;

/** So many failures in a row, with nothing taken in between, and we give up. */
const MAX_FAILURES = 12;

/** Answers that no repetition changes. A wrong offset is none of them: the server is asked for the right one. */
const FINAL = new Set([400, 401, 403, 404, 410, 412, 413, 415, 421, 422, 507]);

/**
 * @typedef {object} UploadOptions
 * @property {string} [endpoint] Where uploads begin; `/api/uploads` of the page's own server.
 * @property {AbortSignal} [signal] Ends it. What was sent stays until the server sweeps it, or `remove` is called.
 * @property {(progress: {sent: number, total: number}) => void} [onProgress] Called as bytes are taken, never backwards
 *   but after a failure.
 * @property {number} [chunkBytes] How many bytes go in one request; 8 MiB.
 * @property {string} [name] What to call the file; its own name.
 * @property {string|(() => string|Promise<string>)} [accessToken]
 * @property {typeof globalThis.fetch} [fetch]
 * @property {Partial<import("./types.js").Timing>} [timing]
 */

/**
 * Begins an upload; its bytes are sent by `send`.
 * @param {Blob & {name?: string}} file
 * @param {UploadOptions} [options]
 * @returns {Promise<Upload>}
 */
export async function createUpload(file, options = {}) {
  const wire = new Wire(options);
  const name = options.name ?? file.name ?? "file";
  const metadata = [`filename ${base64(name)}`, ...(file.type ? [`filetype ${base64(file.type)}`] : [])].join(",");
  const url = await wire.insist(async () => {
    const response = await wire.ask(wire.endpoint, "POST", { "Upload-Length": String(file.size), "Upload-Metadata": metadata });
    return new URL(response.headers.get("Location") ?? "", wire.endpoint).href;
  });
  return new Upload(file, url, options);
}

/**
 * Sends a whole file; resolves with its id once all of it is on the server's disk.
 * @param {Blob & {name?: string}} file
 * @param {UploadOptions} [options]
 * @returns {Promise<string>}
 */
export async function uploadFile(file, options = {}) {
  const upload = await createUpload(file, options);
  await upload.send();
  return upload.id;
}

/** An upload that has begun. */
export class Upload {
  #file;
  #options;

  /**
   * @param {Blob} file
   * @param {string} url Where its bytes go: of an upload begun earlier, to go on with it.
   * @param {UploadOptions} [options]
   */
  constructor(file, url, options = {}) {
    this.#file = file;
    this.#options = options;
    this.url = url;
    /** What a job's input names. */
    this.id = new URL(url).pathname.split("/").pop() ?? "";
  }

  /**
   * Sends what the server does not have yet; resolves once it has all. May be called again after a failure.
   * @param {UploadOptions} [options] On top of those it began with.
   * @returns {Promise<void>}
   */
  async send(options = {}) {
    const { onProgress, chunkBytes = CHUNK_BYTES, ...rest } = { ...this.#options, ...options };
    const wire = new Wire(rest);
    const total = this.#file.size;
    let offset = await wire.insist(() => this.#askOffset(wire));
    onProgress?.({ sent: offset, total });

    let failed = false;
    while (offset < total) {
      offset = await wire.insist(async () => {
        // After a failure only the server knows how much of the last piece it has.
        if (failed) offset = await this.#askOffset(wire);
        failed = true;
        if (offset >= total) return offset;
        const response = await wire.ask(this.url, "PATCH", {
          "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream",
        }, this.#file.slice(offset, Math.min(total, offset + chunkBytes)));
        const taken = offsetOf(response);
        if (taken <= offset) throw new JobWatchError("no_progress", "The server took none of the bytes.");
        failed = false;
        return taken;
      });
      onProgress?.({ sent: offset, total });
    }
  }

  /** Ends the upload and removes what is there of it. A job that waits for it fails. */
  async remove() {
    const { signal: _, ...rest } = this.#options;
    await new Wire(rest).ask(this.url, "DELETE");
  }

  /** @param {Wire} wire */
  async #askOffset(wire) {
    return offsetOf(await wire.ask(this.url, "HEAD"));
  }
}

/** Requests with their token, their time limit, and as many repetitions as help. */
class Wire {
  #options;
  #timing;
  #signal;

  /** @param {UploadOptions} options */
  constructor(options) {
    this.#options = options;
    this.#timing = { ...DEFAULT_TIMING, ...options.timing };
    this.#signal = options.signal ?? new AbortController().signal;
  }

  /** Where uploads begin. */
  get endpoint() {
    return new URL(this.#options.endpoint ?? "/api/uploads", globalThis.location?.href).href;
  }

  /**
   * @param {string} url
   * @param {string} method
   * @param {Record<string, string>} [headers]
   * @param {Blob} [body]
   */
  async ask(url, method, headers = {}, body) {
    const { accessToken, fetch = globalThis.fetch.bind(globalThis) } = this.#options;
    const token = typeof accessToken === "function" ? await accessToken() : accessToken;
    const late = () => new JobWatchError("timeout", "The server did not answer in time.");
    const watchdog = new Watchdog(this.#signal, body ? CHUNK_MS : this.#timing.openMs, late);
    try {
      const response = await fetch(url, {
        method, body, signal: watchdog.signal, cache: "no-store",
        headers: { "Tus-Resumable": VERSION, ...(token ? { Authorization: `Bearer ${token}` } : {}), ...headers },
      });
      if (response.ok) return response;
      throw await problemOf(response);
    } finally {
      watchdog.stop();
    }
  }

  /**
   * Does something until it succeeds, with longer and longer pauses; gives up where repeating can't help, or never does.
   * @template T
   * @param {() => Promise<T>} action
   * @returns {Promise<T>}
   */
  async insist(action) {
    for (let failures = 1; ; failures++) {
      try {
        this.#signal.throwIfAborted();
        return await action();
      } catch (failure) {
        this.#signal.throwIfAborted();
        const status = failure instanceof JobWatchError ? failure.status : undefined;
        if (failures >= MAX_FAILURES || (status !== undefined && FINAL.has(status))) throw failure;
        const asked = failure instanceof JobWatchError ? failure.retryAfterMs ?? 0 : 0;
        await pause(Math.max(asked, backoffMs(failures, this.#timing)), this.#signal, { untilOnline: true });
      }
    }
  }
}

/** @param {Response} response */
function offsetOf(response) {
  const offset = Number(response.headers.get("Upload-Offset") ?? NaN);
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new JobWatchError("bad_answer", "The server did not say how much it has.");
}

/** @param {string} text UTF-8 in Base64, as tus wants names. */
function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
