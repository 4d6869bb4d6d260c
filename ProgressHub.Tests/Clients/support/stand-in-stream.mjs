/**
 * @typedef {object} StreamFault What may be wrong with one event stream.
 * @property {number} [cutAtEvent] Cuts the connection in the middle of the frame of this event.
 * @property {number} [endAtEvent] Ends the stream in an orderly way before this event.
 * @property {number} [retry] The `retry` that is sent before such an end.
 * @property {number} [stallAtEvent] Says nothing any more from this event on, and leaves the connection open.
 * @property {boolean} [duplicate] Sends each event twice.
 * @property {number} [snapshotSeq] Begins with the snapshot as of this instead.
 * @property {number} [from] Goes on after this event, whatever the cursor.
 * @property {number} [heartbeatMs] How often to send a heartbeat.
 * @property {number} [chunk] Sends so many bytes at a time.
 */

/** What the real server asks for is 2000. */
const RETRY_MS = 40;

/** `GET …/events` as a stream, with its fault. */
export function streamEvents(job, cursor, response, fault) {
  if (cursor !== null && job.isDone && cursor >= job.seq) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store, no-transform" });
  const stream = new Stream(response, fault);
  const snapshot = fault.snapshotSeq === undefined ? job.firstSnapshot(cursor) : job.snapshot(fault.snapshotSeq);
  stream.write(`event: snapshot\nid: ${snapshot.seq}\nretry: ${RETRY_MS}\ndata: ${JSON.stringify(snapshot)}\n\n`);

  const onEvent = (event) => stream.send(event);
  for (const event of job.after(fault.from ?? snapshot.seq)) onEvent(event);
  job.on("event", onEvent);
  response.on("close", () => {
    job.off("event", onEvent);
    stream.stop();
  });
}

class Stream {
  #response;
  #fault;
  #silent = false;
  #heartbeat;

  constructor(response, fault) {
    this.#response = response;
    this.#fault = fault;
    if (fault.heartbeatMs) this.#heartbeat = setInterval(() => this.write("event: heartbeat\ndata: {}\n\n"), fault.heartbeatMs);
  }

  send(event) {
    if (this.#silent) return;
    const frame = `event: ${event.type}\nid: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
    const { cutAtEvent, endAtEvent, stallAtEvent, retry, duplicate } = this.#fault;
    if (event.seq === stallAtEvent) this.#silent = true;
    else if (event.seq === cutAtEvent) this.#cut(frame);
    else if (event.seq === endAtEvent) this.#end(retry === undefined ? "" : `retry: ${retry}\n\n`);
    else this.write(duplicate ? frame + frame : frame);
    if (event.type === "done" && !this.#silent) this.#end("");
  }

  write(text) {
    if (this.#response.writableEnded || this.#response.destroyed) return;
    const bytes = Buffer.from(text);
    const size = this.#fault.chunk ?? bytes.length;
    for (let start = 0; start < bytes.length; start += size) this.#response.write(bytes.subarray(start, start + size));
  }

  stop() {
    clearInterval(this.#heartbeat);
  }

  #cut(frame) {
    this.#silent = true;
    this.#response.write(Buffer.from(frame).subarray(0, frame.length - 5), () => this.#response.destroy());
  }

  #end(last) {
    this.#silent = true;
    this.#response.end(last);
  }
}
