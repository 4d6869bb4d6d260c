/**
 * @typedef {import("./types.js").JobSnapshot} JobSnapshot
 * @typedef {import("./types.js").JobEvent} JobEvent
 * @typedef {import("./types.js").StageStatus} StageStatus
 * @typedef {import("./types.js").PartialCounts} PartialCounts
 */

/** The event types of the wire. A server may send others: they are delivered, and change nothing here. */
export const EVENT_TYPES = Object.freeze([
  "queued", "started", "stage", "progress", "log", "partial", "usage",
  "inputRequired", "inputReceived", "retrying", "canceling", "tags", "done",
]);

/**
 * Whether nothing more can happen to a job in this state.
 * @param {string|null|undefined} state
 */
export function isFinalState(state) {
  return state === "succeeded" || state === "failed" || state === "canceled";
}

/**
 * The state before the first event.
 * @param {string} jobId
 * @returns {JobSnapshot}
 */
export function emptySnapshot(jobId) {
  return {
    jobId, kind: "", title: "", tags: [], state: "queued", seq: 0, attempt: 0, stage: null, fraction: 0,
    estimated: false, stages: [], partials: { ok: 0, failed: 0, total: null }, pendingInput: null, queuePosition: null,
    error: null, startedAt: null, finishedAt: null, elapsedMs: 0,
  };
}

/**
 * The state after the next event: a pure fold, the same as the server's. An event that is already part of the snapshot
 * changes nothing, so applying one twice does no harm.
 * @param {JobSnapshot} snapshot
 * @param {JobEvent} event
 * @returns {JobSnapshot} A new snapshot; the given one stays as it is.
 */
export function applyEvent(snapshot, event) {
  if (event.seq <= snapshot.seq) return snapshot;
  let placed = { ...snapshot, seq: event.seq, elapsedMs: event.elapsedMs, attempt: event.attempt };
  if (event.report != null) placed.report = event.report;
  // What was reported before it and no progress event says.
  if (event.progress) placed = { ...placed, ...FOLDS.progress(placed, event.progress) };
  const fold = FOLDS[event.type];
  return fold ? { ...placed, ...fold(placed, event) } : placed;
}

/** What each type changes. @type {Record<string, (snapshot: JobSnapshot, event: JobEvent) => Partial<JobSnapshot>>} */
const FOLDS = {
  // @ts-ignore: no prototype, so that a type such as "constructor" finds nothing
  __proto__: null,

  queued: (snapshot, event) => ({
    kind: event.kind,
    title: event.title,
    tags: event.tags ?? [],
    retryOf: event.retryOf ?? null,
    state: "queued",
    queuePosition: event.position ?? null,
    createdAt: snapshot.seq === 1 ? event.at : snapshot.createdAt,
  }),

  started: (snapshot, event) => ({
    // Somebody may have asked for the end before the attempt got this far.
    state: snapshot.state === "canceling" ? "canceling" : "running",
    queuePosition: null,
    startedAt: snapshot.startedAt ?? event.at,
    engine: event.engine ?? snapshot.engine,
    stage: null,
    fraction: 0,
    stageFraction: null,
    current: null,
    total: null,
    unit: null,
    message: null,
    estimated: false,
    stalled: null,
    eta: null,
    stages: (event.stages ?? []).map(pendingStage),
  }),

  stage: (snapshot, event) => ({
    stage: event.stage,
    message: event.label,
    stageFraction: null,
    current: null,
    total: null,
    unit: null,
    estimated: false,
    eta: null,
    stages: enterStage(snapshot.stages, event.stage, event.elapsedMs),
  }),

  progress: (snapshot, event) => ({
    stage: event.stage ?? snapshot.stage,
    fraction: event.fraction ?? snapshot.fraction,
    stageFraction: event.stageFraction ?? null,
    current: event.current ?? null,
    total: event.total ?? null,
    unit: event.unit ?? null,
    message: event.message ?? snapshot.message,
    estimated: event.estimated ?? false,
    stalled: event.stalled ?? null,
    eta: event.eta ?? null,
  }),

  partial: (snapshot, event) => ({ partials: countPartial(snapshot.partials, event) }),

  usage: (_, { inputTokens, outputTokens, calls, estimated, cost, currency, audioSeconds }) => ({
    usage: {
      inputTokens, outputTokens, calls,
      ...(estimated != null && { estimated }), ...(cost != null && { cost }), ...(currency != null && { currency }),
      ...(audioSeconds != null && { audioSeconds }),
    },
  }),

  inputRequired: (_, { requestId, question, options, deadline }) => ({
    state: "waitingForInput",
    pendingInput: { requestId, question, options: options ?? null, deadline },
  }),

  inputReceived: (snapshot) => ({
    pendingInput: null,
    state: snapshot.state === "waitingForInput" ? "running" : snapshot.state,
  }),

  // The fraction falls with the next attempt's `started`, not here: within an attempt it never falls.
  retrying: (snapshot, event) => ({
    state: "queued",
    message: event.reason,
    eta: null,
    pendingInput: null,
    stageFraction: null,
    stalled: null,
    stages: leaveStage(snapshot.stages, "failed", event.elapsedMs),
  }),

  canceling: () => ({ state: "canceling", pendingInput: null, eta: null }),

  tags: (_, { tags }) => ({ tags }),

  done: (snapshot, event) => {
    const succeeded = event.state === "succeeded";
    return {
      state: event.state,
      error: event.error ?? null,
      resultUrl: event.resultUrl ?? null,
      ...(event.outcome != null && { outcome: event.outcome }),
      finishedAt: event.at,
      fraction: succeeded ? 1 : snapshot.fraction,
      stageFraction: succeeded ? 1 : snapshot.stageFraction,
      queuePosition: null,
      pendingInput: null,
      stalled: null,
      eta: null,
      stages: leaveStage(snapshot.stages, succeeded || event.resultUrl ? "done" : "failed", event.elapsedMs),
    };
  },
};

/**
 * @param {{name: string, label: string, weight: number}} declaration
 * @returns {StageStatus}
 */
function pendingStage({ name, label, weight }) {
  return { name, label, weight, state: "pending" };
}

/**
 * @param {StageStatus[]} stages
 * @param {string} name
 * @param {number} elapsedMs
 * @returns {StageStatus[]}
 */
function enterStage(stages, name, elapsedMs) {
  return stages.map((stage) => {
    if (stage.state === "running") return ended(stage, "done", elapsedMs);
    if (stage.name !== name) return stage;
    const { ms, ...begun } = stage; // what it took before counts no more
    return { ...begun, state: "running", startedMs: elapsedMs };
  });
}

/**
 * @param {StageStatus[]} stages
 * @param {"done"|"failed"} state
 * @param {number} elapsedMs
 * @returns {StageStatus[]}
 */
function leaveStage(stages, state, elapsedMs) {
  return stages.map((stage) => stage.state === "running" ? ended(stage, state, elapsedMs) : stage);
}

/**
 * @param {StageStatus} stage
 * @param {"done"|"failed"} state
 * @param {number} elapsedMs
 * @returns {StageStatus}
 */
function ended(stage, state, elapsedMs) {
  return { ...stage, state, ms: stage.startedMs == null ? null : elapsedMs - stage.startedMs };
}

/**
 * A later piece replaces the one of the same index, and says what that one was.
 * @param {PartialCounts} counts
 * @param {JobEvent} event
 * @returns {PartialCounts}
 */
function countPartial(counts, event) {
  return {
    ok: counts.ok + (event.ok ? 1 : 0) - (event.replaces === "ok" ? 1 : 0),
    failed: counts.failed + (event.ok ? 0 : 1) - (event.replaces === "failed" ? 1 : 0),
    total: event.total ?? counts.total,
  };
}
