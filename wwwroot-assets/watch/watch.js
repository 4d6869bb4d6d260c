import { JobHttp } from "../js/http.js";
import { jobAddress } from "../js/job-address.js";
import { isFinalState, watchJob } from "../js/progress-hub.js";
import { showHistory } from "./history.js";
import { LogView } from "./log-view.js";
import { PartialsView } from "./partials-view.js";
import { QuestionView } from "./question-view.js";
import { refusalText } from "./refusals.js";
import { StatusView } from "./status-view.js";
import { t } from "./texts.js";

const job = /** @type {HTMLElement} */ (document.getElementById("job"));
const mayManage = job.dataset.may !== "read";
const here = new URL(`${job.dataset.jobId}`, location.href);

// Plain streams: they need no WebSocket, and pass through whatever lets a web page through. Tabs share them: a browser has
// six connections to a server over HTTP/1.1.
const watch = watchJob(here, { transports: ["sse", "poll"], EventSource, shared: true });

const status = new StatusView(mayManage ? () => ask(watch.cancel(), t("The job could not be canceled")) : null);
const question = new QuestionView((id, answer) => ask(watch.answer(id, answer), t("The answer was not taken")));
const partials = new PartialsView();
const log = new LogView();

watch.on("partial", (event) => partials.add(event));
watch.on("log", (event) => log.add(event));
watch.on("snapshot", renderSoon);
watch.on("connection", showConnection);
watch.on("error", (error) => status.showProblem(t("This job can no longer be watched: {0}", refusalText(error))));
showConnection(watch.connection);

const stop = watch.on("snapshot", ({ seq }) => {
  stop();
  const http = new JobHttp({});
  showHistory(http, jobAddress(here), seq, (event) => event.type === "log" ? log.add(event) : partials.add(event));
});

let scheduled = false;

/** However fast states come, one a frame is shown. */
function renderSoon() {
  if (scheduled) return;
  scheduled = true;
  // A hidden tab has no frames, but its title should tell the truth.
  if (document.hidden) setTimeout(render, 1000);
  else requestAnimationFrame(render);
}

function render() {
  scheduled = false;
  const { snapshot } = watch;
  if (!snapshot) return;
  status.render(snapshot);
  question.render(mayManage ? snapshot.pendingInput : null);
  partials.showCounts(snapshot.partials, isFinalState(snapshot.state));
}

/** @param {import("../js/types.js").ConnectionState} connection */
function showConnection({ state, transport, error, left }) {
  const element = /** @type {HTMLElement} */ (document.getElementById("connection"));
  const names = {
    connecting: t("Connecting"),
    open: transport === "poll" ? t("Connected, by polling") : t("Connected"),
    reconnecting: t("Reconnecting"),
    closed: error ? t("Disconnected") : t("Up to date"),
  };
  element.dataset.connection = error && state === "closed" ? "failed" : state;
  element.textContent = names[state];
  element.title = left?.error?.message ?? "";
  element.hidden = false;
}

/**
 * @param {Promise<void>} request
 * @param {string} failure
 */
async function ask(request, failure) {
  try {
    await request;
    status.showProblem("");
  } catch (/** @type {any} */ error) {
    status.showProblem(`${failure}: ${refusalText(error)}`);
    throw error;
  }
}
