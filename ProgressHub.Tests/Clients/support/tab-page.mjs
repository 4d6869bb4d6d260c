import { servePages } from "./stand-in-page.mjs";

const SCRIPT = `
  const query = new URLSearchParams(location.search);
  if (query.has("channel")) Reflect.deleteProperty(window, "SharedWorker");
  if (query.has("worker")) {
    const Real = window.SharedWorker;
    window.SharedWorker = class extends Real { constructor(url, options) { super(query.get("worker"), options); } };
  }
  window.seen = [];
  window.connections = [];
  const { watchJob } = await import("/js/progress-hub.js");
  window.watches = query.getAll("job").map((job) => {
    const watch = watchJob(job, { shared: true, after: query.has("all") ? 0 : undefined });
    watch.on("event", (event) => window.seen.push(event.seq));
    watch.on("connection", (state) => window.connections.push({ ...state, left: state.left?.transport, why: state.left?.error?.code }));
    return watch;
  });
`;
const ELEMENT = `<!doctype html><title>Element</title><link rel="icon" href="/watch/watch.svg"><script type="module" src="/js/element.js"></script>`;

/** Serves pages that watch jobs as tabs of one browser do: /tab?job=…, and /element?… with the web component. */
export function serveTabs(server) {
  servePages(server);
  const files = server.files;
  server.files = (path) => {
    if (path === "/tab") return { type: "text/html", content: '<!doctype html><title>Tab</title><p>A tab</p><script type="module" src="/tab.js"></script>' };
    if (path === "/tab.js") return { type: "text/javascript", content: SCRIPT };
    if (path === "/mute.js") return { type: "text/javascript", content: "" };
    if (path === "/element") return { type: "text/html", content: ELEMENT };
    return files(path);
  };
}
