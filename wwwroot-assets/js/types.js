/**
 * The shapes of the wire, as JSDoc types. Nothing runs here.
 *
 * @typedef {"queued"|"running"|"waitingForInput"|"canceling"|"succeeded"|"failed"|"canceled"} JobState
 * @typedef {{p50Ms: number, p90Ms: number, basis: string, samples: number, longerThanUsual?: boolean}} Eta How long it will still take.
 * @typedef {{code: string, message: string}} JobError
 * @typedef {{requestId: string, question: string, options?: string[]|null, deadline: string}} PendingInput
 *
 * @typedef {object} StageStatus
 * @property {string} name
 * @property {string} label What a person reads.
 * @property {number} weight Its share of the whole, 0..1.
 * @property {"pending"|"running"|"done"|"failed"} state
 * @property {number|null} [ms] How long it took.
 * @property {number|null} [startedMs] When it began, in milliseconds of the job's elapsed time.
 *
 * @typedef {object} PartialCounts
 * @property {number} ok Each counted once, however often it is reported.
 * @property {number} failed Failed and not replaced since.
 * @property {number|null} [total]
 *
 * @typedef {object} JobUsage What a job has used of models so far, in all its attempts.
 * @property {number} inputTokens
 * @property {number} outputTokens
 * @property {number} calls
 * @property {boolean} [estimated] Whether a part of the tokens is estimated, because a model did not tell.
 * @property {number} [cost] Missing where no model that was called has a price.
 * @property {string} [currency] Such as `USD`.
 * @property {number} [audioSeconds] How many seconds of audio were heard; missing where there was none.
 *
 * @typedef {object} JobSnapshot The state of a job as of `seq`.
 * @property {string} jobId
 * @property {string} kind
 * @property {string} title
 * @property {string[]} tags
 * @property {JobState} state
 * @property {number} seq The last event in it; 0 before the first.
 * @property {number} attempt
 * @property {string|null} [stage]
 * @property {number} fraction Overall, 0..1; 1 exactly when the job has succeeded.
 * @property {number|null} [stageFraction] Missing where the total is unknown.
 * @property {number|null} [current]
 * @property {number|null} [total]
 * @property {string|null} [unit]
 * @property {string|null} [message]
 * @property {boolean} [estimated] Whether the fraction is a guess from elapsed time.
 * @property {boolean|null} [stalled] Whether whoever does the work has not been heard of for too long.
 * @property {number} [report] The last number of the reporting program's updates that is applied.
 * @property {Eta|null} [eta]
 * @property {StageStatus[]} stages
 * @property {PartialCounts} partials
 * @property {JobUsage|null} [usage] Missing where it called no model.
 * @property {PendingInput|null} [pendingInput]
 * @property {number|null} [queuePosition]
 * @property {string|null} [engine]
 * @property {JobError|null} [error]
 * @property {string|null} [resultUrl]
 * @property {string} [outcome] `noAnswer` where it succeeded and found nothing to answer with.
 * @property {string|null} [retryOf]
 * @property {string} [createdAt]
 * @property {string|null} [startedAt]
 * @property {string|null} [finishedAt]
 * @property {number} elapsedMs Milliseconds since the first attempt began.
 * @property {string} [serverTime]
 * @property {Record<string, string>} [links]
 *
 * @typedef {{jobId: string, seq: number, at: string, type: string, attempt: number, elapsedMs: number}
 *   & Record<string, any>} JobEvent One numbered fact about a job; what else it carries depends on `type`. Its `progress`,
 *   of the fields of a `progress` event, is what was reported before it and no event of its own says.
 *
 * @typedef {"shared"|"signalr"|"sse"|"poll"} TransportName A watch that is shared says what it goes over itself, once it knows.
 *
 * @typedef {object} ConnectionState
 * @property {"connecting"|"open"|"reconnecting"|"closed"} state
 * @property {TransportName|null} transport The one in use or being tried.
 * @property {number} [retryInMs] While reconnecting: how long until the next try.
 * @property {Error} [error] Why the last connection ended.
 * @property {{transport: TransportName, error?: Error}} [left] The better transport that was given up for this one, and why.
 *
 * @typedef {object} WatchOptions
 * @property {number|null} [after] The cursor to resume from; 0 replays from the start. Without it the watch begins
 *   with the present.
 * @property {TransportName[]} [transports] In order of preference; all three unless told.
 * @property {boolean} [shared] Share one connection a job among the tabs of this browser (a shared worker, or the tab that
 *   leads). Ignored where that can't be, or where the watch has a token, a `fetch`, a `signalR` or a `hubProtocol` of its own. Its connection goes over the `transports` asked for,
 *   and `EventSource` counts only where nothing is shared.
 * @property {AbortSignal} [signal] Ends the watch.
 * @property {string|URL} [baseUrl] The server's address, when `idOrUrl` is only an id. In a browser: where this module
 *   came from.
 * @property {string|(() => string|Promise<string>)} [accessToken] An API key or a token, sent as a bearer token in a
 *   header and never in an address. Where a browser can send none, in a WebSocket and an `EventSource`, it buys a ticket
 *   for each connection: good once, for a minute, to watch this job.
 * @property {typeof globalThis.fetch} [fetch]
 * @property {any} [EventSource] Use this class for `sse` instead of `fetch`. Event types that this module does not know
 *   are not seen then, since EventSource only delivers types that were asked for.
 * @property {any} [signalR] The `@microsoft/signalr` module. In a browser it is loaded when it is first needed.
 * @property {any} [hubProtocol] What the hub speaks, such as `new MessagePackHubProtocol()` of
 *   `@microsoft/signalr-protocol-msgpack`; JSON unless told.
 * @property {Partial<Timing>} [timing] For tests and for unusual networks.
 *
 * @typedef {object} Timing
 * @property {number} backoffMinMs Ceiling of the first pause.
 * @property {number} backoffMaxMs Ceiling of any pause.
 * @property {number} openMs How long a connection may take until it says something.
 * @property {number} silenceMs How long an open stream may stay silent; the server breaks a silence every 15 s.
 * @property {number} steadyMs A connection that held this long was no failure, even if nothing happened.
 * @property {number} longPollSeconds
 * @property {number} pollFloorMs The least time between two polls without news.
 * @property {number} pollTermMs How long to poll before the preferred transport is tried again.
 * @property {() => number} random
 */
export {};
