// Sends chosen files from the page to /api/uploads. The files stay here; the server's side of the page decides which are
// sent when, and shows how far each is. What this script has to say reaches it also across a lost connection.

import { createUpload } from "../js/upload.js";
import { attach as attachDropZone } from "./drop-zone.js";

const SHOW_MS = 200;
const TELL_AGAIN_MS = 1000;
const MOST_REFUSALS = 10;
const LEAST_CHUNK = 256 * 1024;
const MOST_CHUNK = 8 * 1024 * 1024;

/** @type {Map<string, {file: File, abort?: AbortController}>} */
const files = new Map();
let next = 1;
let sending = 0;

/**
 * @param {HTMLElement} zone Holds the file field; the form around it takes drops.
 * @param {any} link The server's side.
 */
export function attach(zone, link) {
  const input = zone.querySelector("input[type=file]");
  attachDropZone(zone);
  input.addEventListener("change", () => {
    const chosen = [...input.files].map((file) => {
      const key = String(next++);
      files.set(key, { file });
      return { key, name: file.name, bytes: file.size, type: file.type };
    });
    input.value = ""; // the same file may be chosen again
    if (chosen.length) tell(link, "Choose", chosen).catch(() => {});
  });
}

/** Begins to send a file; returns at once. */
export function start(key, link) {
  void send(key, link);
}

/** Stops sending a file. */
export function abort(key) {
  files.get(key)?.abort?.abort();
}

/** Lets go of a file. */
export function forget(key) {
  abort(key);
  files.delete(key);
}

async function send(key, link) {
  const entry = files.get(key);
  if (!entry) return tell(link, "Broken", key, "The file is no longer there; choose it again.").catch(() => {});
  const { file } = entry;
  const { signal } = (entry.abort = new AbortController());
  let upload;
  busy(+1);
  try {
    const chunkBytes = Math.min(MOST_CHUNK, Math.max(LEAST_CHUNK, Math.ceil(file.size / 50)));
    upload = await createUpload(file, { signal, chunkBytes });
    if (!(await tell(link, "Begun", key, upload.id))) {
      await upload.remove();
      return await tell(link, "Broken", key, "It was not taken.");
    }
    let shown = 0;
    await upload.send({
      onProgress: ({ sent }) => {
        const now = performance.now();
        if (now - shown < SHOW_MS) return;
        shown = now;
        link.invokeMethodAsync("Progress", key, sent).catch(() => {}); // the next one, or the end, says it again
      },
    });
    await tell(link, "Sent", key);
  } catch (failure) {
    // The job is not to wait for bytes that will not come; one that was canceled does not.
    if (!signal.aborted) await upload?.remove().catch(() => {});
    await tell(link, "Broken", key, failure?.message ?? "The file could not be sent.").catch(() => {});
  } finally {
    busy(-1);
  }
}

/** Says something to the server's side, again until it is heard, or that side is gone for good. */
async function tell(link, method, ...values) {
  for (let refusals = 0; ;) {
    try {
      return await link.invokeMethodAsync(method, ...values);
    } catch (failure) {
      const { connection } = document.documentElement.dataset;
      if (connection !== "lost") refusals++;
      if (connection === "gone" || refusals >= MOST_REFUSALS) throw failure;
      await new Promise((resolve) => setTimeout(resolve, TELL_AGAIN_MS));
    }
  }
}

/** While anything is sent, the browser asks before it leaves the page, and the page does not reload by itself. */
function busy(change) {
  sending += change;
  document.documentElement.toggleAttribute("data-sending", sending > 0);
  if (sending > 0) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
}

function ask(event) {
  event.preventDefault();
}
