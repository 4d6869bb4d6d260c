import { isFinalState } from "../js/progress-hub.js";
import { counted, duration, elapsed, percent, remaining, standing, usage } from "./format.js";
import { said } from "./messages.js";
import { refusalText } from "./refusals.js";
import { t } from "./texts.js";

/** @typedef {import("../js/types.js").JobSnapshot} JobSnapshot */

/** The card on top: state, progress, stages. Also tells screen readers, of new stages and of the end only. */
export class StatusView {
  #elements = elementsById(
    "job", "state", "title", "percent", "remaining", "elapsed", "progress", "bar", "stage", "message", "problem",
    "stages", "actions", "result", "cancel", "confirm", "keep", "sure", "announcement", "usage");
  /** @type {JobSnapshot|null} */
  #snapshot = null;
  #receivedAt = 0;
  #announced = "";
  #mayCancel;

  /** @param {(() => Promise<void>)|null} onCancel Null where the reader may not. */
  constructor(onCancel) {
    this.#mayCancel = onCancel !== null;
    const cancel = /** @type {HTMLButtonElement} */ (this.#elements.cancel);
    const { confirm, keep, sure } = this.#elements;
    // A page to share cancels nothing that was not asked for twice.
    const ask = (/** @type {boolean} */ open) => {
      sure.hidden = !open;
      cancel.hidden = open || isFinalState(this.#snapshot?.state ?? "running");
      (open ? keep : cancel).focus();
    };
    cancel.addEventListener("click", () => ask(true));
    keep.addEventListener("click", () => ask(false));
    sure.addEventListener("keydown", (event) => { if (event.key === "Escape") ask(false); });
    confirm.addEventListener("click", () => {
      ask(false);
      cancel.disabled = true;
      this.#elements.title.focus({ preventScroll: true });
      onCancel?.().catch(() => { cancel.disabled = false; });
    });
    this.#elements.actions.hidden = false;
    setInterval(() => this.#showElapsed(), 1000);
  }

  /** @param {JobSnapshot} snapshot */
  render(snapshot) {
    const before = this.#snapshot;
    this.#snapshot = snapshot;
    this.#receivedAt = Date.now();

    this.#showHead(snapshot);
    this.#showProgress(snapshot);
    this.#showStages(snapshot);
    this.#showElapsed();
    if (before) this.#announce(before, snapshot);
  }

  /** @param {string} text Something went wrong between this page and the server. */
  showProblem(text) {
    this.#elements.problem.textContent = text;
    this.#elements.problem.hidden = text === "";
  }

  /** @param {JobSnapshot} snapshot */
  #showHead(snapshot) {
    const { kind, title, state, stalled, outcome, error, resultUrl } = snapshot;
    const { job, cancel, result, sure, ...elements } = this.#elements;
    job.dataset.state = state;
    job.dataset.kind = kind;
    job.dataset.outcome = outcome ?? "";
    elements.state.textContent = standing(snapshot);
    job.dataset.stalled = String(Boolean(stalled) && !isFinalState(state));
    elements.title.textContent = title || kind;
    if (isFinalState(state)) this.showProblem(error ? refusalText(error) : "");

    if (isFinalState(state)) sure.hidden = true;
    cancel.hidden = !this.#mayCancel || isFinalState(state) || !sure.hidden;
    /** @type {HTMLButtonElement} */ (cancel).disabled = state === "canceling";
    cancel.textContent = state === "canceling" ? t("Canceling…") : t("Cancel the job");
    result.hidden = !(state === "succeeded" || resultUrl);
  }

  /** @param {JobSnapshot} snapshot */
  #showProgress(snapshot) {
    const elements = this.#elements;
    const value = percent(snapshot.fraction);
    const active = snapshot.state === "running" || snapshot.state === "canceling";
    const unknown = active && value === 0 && snapshot.stageFraction == null;

    elements.percent.textContent = unknown ? "–" : String(value);
    const short = isFinalState(snapshot.state) || unknown ? standing(snapshot) : `${value} %`;
    document.title = `${short} · ${snapshot.title || snapshot.kind}`;
    setOrRemove(elements.progress, "aria-valuenow", unknown ? null : String(value));
    setOrRemove(elements.bar, "value", unknown ? null : String(snapshot.fraction * 100));
    elements.progress.classList.toggle("busy", active);

    elements.remaining.textContent = isFinalState(snapshot.state) ? "" : remaining(snapshot.eta);
    elements.usage.textContent = usage(snapshot.usage);
    const [stage, message] = currentWords(snapshot);
    elements.stage.textContent = stage;
    elements.message.textContent = message;
  }

  /** @param {JobSnapshot} snapshot */
  #showStages({ stages }) {
    const list = this.#elements.stages;
    list.hidden = stages.length < 2;
    while (list.children.length > stages.length) list.lastElementChild?.remove();
    stages.forEach((stage, index) => {
      const item = /** @type {HTMLElement} */ (list.children[index] ?? list.appendChild(document.createElement("li")));
      item.dataset.stage = stage.state;
      const text = stage.ms == null ? t(stage.label) : `${t(stage.label)} · ${duration(stage.ms)}`;
      if (item.textContent !== text) item.textContent = text;
      setOrRemove(item, "aria-current", stage.state === "running" ? "step" : null);
    });
  }

  /** Between two states the clock runs on here. */
  #showElapsed() {
    const snapshot = this.#snapshot;
    if (!snapshot?.startedAt) {
      this.#elements.elapsed.textContent = "";
      return;
    }
    const since = isFinalState(snapshot.state) ? 0 : Date.now() - this.#receivedAt;
    this.#elements.elapsed.textContent = elapsed(snapshot.elapsedMs + since);
  }

  /**
   * @param {JobSnapshot} before
   * @param {JobSnapshot} now
   */
  #announce(before, now) {
    let text = this.#announced;
    if (isFinalState(now.state) && !isFinalState(before.state)) text = endAnnouncement(now);
    else if (now.stage && now.stage !== before.stage) text = stageAnnouncement(now);
    if (text !== this.#announced) this.#elements.announcement.textContent = this.#announced = text;
  }
}

/**
 * What is going on, in two parts: the stage, and what it says.
 * @param {JobSnapshot} snapshot
 * @returns {[string, string]}
 */
function currentWords(snapshot) {
  const { state, queuePosition, message } = snapshot;
  if (state === "succeeded") return ["", snapshot.outcome || snapshot.partials.failed ? "" : t("All done.")];
  if (state === "queued" && !message) {
    return ["", queuePosition ? t("Waiting in the queue, {0} before it.", queuePosition) : t("Waiting to begin.")];
  }
  const label = snapshot.stages.find((stage) => stage.name === snapshot.stage)?.label ?? "";
  const text = message && message !== label ? said(message) : counted(snapshot);
  return [t(label), text];
}

/** @param {JobSnapshot} snapshot */
function endAnnouncement(snapshot) {
  return snapshot.error ? `${standing(snapshot)}. ${refusalText(snapshot.error)}` : `${standing(snapshot)}.`;
}

/** @param {JobSnapshot} snapshot */
function stageAnnouncement({ stage, stages }) {
  const index = stages.findIndex(({ name }) => name === stage);
  return index < 0 ? t("Stage {0}.", stage ?? "") : t("Stage {0} of {1}: {2}.", index + 1, stages.length, t(stages[index].label));
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string|null} value
 */
function setOrRemove(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/**
 * @param {string[]} ids
 * @returns {Record<string, HTMLElement>}
 */
function elementsById(...ids) {
  return Object.fromEntries(ids.map((id) => [id, /** @type {HTMLElement} */ (document.getElementById(id))]));
}
