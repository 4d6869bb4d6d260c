import { ShareCore } from "./share-core.js";

/** The shared worker: its ports are the tabs. */
/** @type {Map<string, MessagePort>} */
const ports = new Map();
const core = new ShareCore((message) => ports.get(message.to)?.postMessage(message));

/** @type {any} */ (globalThis).onconnect = (/** @type {MessageEvent} */ { ports: [port] }) => {
  port.onmessage = ({ data }) => {
    ports.set(data.from, port);
    core.take(data);
    if (data.op === "leave" && !data.key) ports.delete(data.from);
  };
  port.postMessage({ op: "ready" });
};
