/** Numbers and names for people. */
import { t } from "./texts.js";

const STATES = {
  queued: "Queued", running: "Running", waitingForInput: "Needs an answer", canceling: "Canceling",
  succeeded: "Succeeded", failed: "Failed", canceled: "Canceled",
};

/** @param {string} state */
export function stateName(state) {
  return t(STATES[/** @type {keyof typeof STATES} */ (state)] ?? state);
}

/**
 * Where a job stands and what came of it: no answer found, or failed in parts, is no plain success.
 * @param {import("../js/types.js").JobSnapshot} snapshot
 */
export function standing({ state, stalled, outcome, error, partials: { ok, failed, total } }) {
  if (stalled && !["succeeded", "failed", "canceled"].includes(state)) return t("Stalled");
  if (outcome === "noAnswer") return t("No answer");
  if (state === "succeeded" && failed) return t("Succeeded, {0} failed", failed.toLocaleString("en"));
  if (state === "failed" && error?.code === "items_failed" && failed) {
    return t("{0} of {1} failed", failed.toLocaleString("en"), Math.max(total ?? 0, ok + failed).toLocaleString("en"));
  }
  return stateName(state);
}

/**
 * The two largest units: `850 ms`, `12 s`, `4 min 10 s`, `2 h 5 min`.
 * @param {number} ms
 */
export function duration(ms) {
  if (ms < 1000) return t("{0} ms", Math.max(0, Math.round(ms)));
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return t("{0} s", seconds);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 === 0 ? t("{0} min", minutes) : t("{0} min {1} s", minutes, seconds % 60);
  return minutes % 60 === 0 ? t("{0} h", minutes / 60) : t("{0} h {1} min", Math.floor(minutes / 60), minutes % 60);
}

/**
 * Time for a clock that runs: whole seconds.
 * @param {number} ms
 */
export function elapsed(ms) {
  return duration(Math.max(1000, Math.floor(ms / 1000) * 1000));
}

/**
 * What is left, as a range where the two ends differ enough to matter. Rounded: an estimate has no seconds to spare.
 * @param {{p50Ms: number, p90Ms: number, longerThanUsual?: boolean}|null|undefined} eta
 */
export function remaining(eta) {
  if (!eta) return "";
  const likely = duration(coarse(eta.p50Ms));
  const latest = duration(coarse(eta.p90Ms));
  const left = likely === latest ? t("about {0} left", likely) : t("{0} to {1} left", likely, latest);
  return eta.longerThanUsual ? t("{0}, longer than usual", left) : left;
}

/** @param {number} ms */
function coarse(ms) {
  const step = ms < 10_000 ? 1000 : ms < 60_000 ? 5000 : ms < 600_000 ? 30_000 : 60_000;
  return Math.max(1000, Math.round(ms / step) * step);
}

/**
 * Rounded down, so that 100 is shown only for a job that has succeeded.
 * @param {number} fraction
 */
export function percent(fraction) {
  return Math.floor(fraction * 100 + 1e-9);
}

/**
 * `12 of 47 batches`, `1,204 rows`, or nothing.
 * @param {{current?: number|null, total?: number|null, unit?: string|null}} counted
 */
export function counted({ current, total, unit }) {
  if (current == null) return "";
  const done = current.toLocaleString("en");
  return [total == null ? done : t("{0} of {1}", done, total.toLocaleString("en")), unit ?? ""].filter(Boolean).join(" ");
}

/**
 * `1,200 + 340 tokens, 0.0013 USD`, or nothing.
 * @param {import("../js/types.js").JobUsage|null|undefined} used
 */
export function usage(used) {
  if (!used?.calls) return "";
  const tokens = t("{0} + {1} tokens", used.inputTokens.toLocaleString("en"), used.outputTokens.toLocaleString("en"));
  const cost = used.cost == null ? "" : `, ${used.cost.toLocaleString("en", { maximumFractionDigits: used.cost < 1 ? 6 : 2 })} ${used.currency}`;
  return (used.estimated ? t("about {0}", tokens) : tokens) + cost;
}
