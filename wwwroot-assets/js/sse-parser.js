/** Far above any event; a peer that never ends a line must not fill the memory. */
const LONGEST_EVENT = 16 * 1024 * 1024;

/**
 * Reads a `text/event-stream` as WHATWG HTML, section 9.2.6, says. Chunks may end anywhere: inside a character, between
 * CR and LF, in the middle of a field. An event that the stream's end cuts off is never dispatched.
 */
export class SseParser {
  #decoder = new TextDecoder(); // strips a leading byte order mark and keeps an incomplete character for the next chunk
  #line = "";
  #afterCarriageReturn = false;
  #data = "";
  #hasData = false;
  #type = "";
  #idBuffer = "";
  #onEvent;
  #onRetry;

  /**
   * @param {object} handlers
   * @param {(event: {type: string, data: string, lastEventId: string}) => void} handlers.onEvent
   * @param {(ms: number) => void} [handlers.onRetry] The server asks for this reconnection time.
   */
  constructor({ onEvent, onRetry }) {
    this.#onEvent = onEvent;
    this.#onRetry = onRetry;
    /** The id of the last event, as a reconnect would send it. */
    this.lastEventId = "";
  }

  /** @param {Uint8Array} chunk */
  push(chunk) {
    let text = this.#decoder.decode(chunk, { stream: true });
    if (text === "") return;
    if (this.#afterCarriageReturn && text[0] === "\n") text = text.slice(1);
    this.#afterCarriageReturn = text === "" ? false : text.endsWith("\r");

    const lines = text.split(/\r\n|\r|\n/);
    const rest = lines.pop() ?? "";
    for (const line of lines) {
      this.#readLine(this.#line + line);
      this.#line = "";
    }
    this.#line += rest;
    if (this.#line.length + this.#data.length > LONGEST_EVENT) {
      throw new RangeError("An event of the stream is too long.");
    }
  }

  /** @param {string} line */
  #readLine(line) {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment
    if (colon < 0) return this.#readField(line, "");
    const start = line[colon + 1] === " " ? colon + 2 : colon + 1;
    this.#readField(line.slice(0, colon), line.slice(start));
  }

  /**
   * @param {string} name
   * @param {string} value
   */
  #readField(name, value) {
    switch (name) {
      case "event":
        this.#type = value;
        break;
      case "data":
        this.#data += `${value}\n`;
        this.#hasData = true;
        break;
      case "id":
        if (!value.includes("\0")) this.#idBuffer = value;
        break;
      case "retry":
        if (/^[0-9]+$/.test(value)) this.#onRetry?.(Number(value));
        break;
    }
  }

  #dispatch() {
    // The id counts even where there is no data to dispatch.
    this.lastEventId = this.#idBuffer;
    const event = { type: this.#type || "message", data: this.#data.slice(0, -1), lastEventId: this.lastEventId };
    const hasData = this.#hasData;
    this.#type = "";
    this.#data = "";
    this.#hasData = false;
    if (hasData) this.#onEvent(event);
  }
}
