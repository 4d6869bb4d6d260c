import assert from "node:assert/strict";
import { test } from "node:test";
import { SseParser } from "../../../wwwroot-assets/js/sse-parser.js";

function parse(...chunks) {
  const events = [];
  const retries = [];
  const parser = new SseParser({ onEvent: (event) => events.push(event), onRetry: (ms) => retries.push(ms) });
  for (const chunk of chunks) parser.push(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk);
  return { events, retries, lastEventId: parser.lastEventId };
}

const dataOf = ({ events }) => events.map((event) => event.data);

test("an event has a type, an id and data", () => {
  const { events } = parse("event: partial\nid: 18\ndata: {}\n\n");

  assert.deepEqual(events, [{ type: "partial", data: "{}", lastEventId: "18" }]);
});

test("lines end with LF, CR or CRLF, also mixed", () => {
  assert.deepEqual(dataOf(parse("data: a\n\ndata: b\r\rdata: c\r\n\r\ndata: d\r\n\n")), ["a", "b", "c", "d"]);
});

test("lines of data are joined by a line feed", () => {
  assert.deepEqual(dataOf(parse("data: YHOO\ndata: +2\ndata: 10\n\n")), ["YHOO\n+2\n10"]);
});

test("data without a colon or a value is an empty line, and no data is no event", () => {
  assert.deepEqual(dataOf(parse("data\n\ndata\ndata\n\ndata:\n\nevent: x\n\n")), ["", "\n", ""]);
});

test("one space after the colon is dropped, and only one", () => {
  assert.deepEqual(dataOf(parse("data:test\n\ndata: test\n\ndata:  test\n\n")), ["test", "test", " test"]);
});

test("comments and unknown fields are ignored", () => {
  assert.deepEqual(dataOf(parse(": hello\nnonsense: 1\ndata: a\n:\n\n")), ["a"]);
});

test("the type holds for one event only", () => {
  const { events } = parse("event: log\ndata: 1\n\ndata: 2\n\n");

  assert.deepEqual(events.map((event) => event.type), ["log", "message"]);
});

test("the id holds until another comes; without a value it is empty; with NULL it is ignored", () => {
  const { events } = parse("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\nid: 2\0\ndata: d\n\nid: 3\ndata: e\n\n");

  assert.deepEqual(events.map((event) => event.lastEventId), ["1", "1", "", "", "3"]);
});

test("the id of a block without data counts", () => {
  assert.equal(parse("id: 7\n\n").lastEventId, "7");
  assert.equal(parse("id: 7\n").lastEventId, "");
});

test("retry is digits only", () => {
  assert.deepEqual(parse("retry: 1500\nretry: 1.5\nretry: -1\nretry:\nretry: 20s\n\n").retries, [1500]);
});

test("a byte order mark is dropped at the start and nowhere else", () => {
  assert.deepEqual(dataOf(parse("\ufeffdata: a\n\n\ufeffdata: b\n\ndata: \ufeffc\n\n")), ["a", "\ufeffc"]);
});

test("an event that the end of the stream cuts off is not dispatched", () => {
  assert.deepEqual(dataOf(parse("data: a\n\ndata: b\n")), ["a"]);
});

test("the stream may be cut into chunks anywhere, also inside a character or a CRLF", () => {
  const text = "\ufeffevent: partial\r\nid: 3\r\ndata: {\"text\":\"ž日本😀\"}\r\n\r\n: note\rretry: 5\rdata: x\r\rdata: y\ndata: z\n\n";
  const bytes = new TextEncoder().encode(text);
  const whole = parse(bytes);
  assert.deepEqual(dataOf(whole), ['{"text":"ž日本😀"}', "x", "y\nz"]);

  for (let cut = 0; cut <= bytes.length; cut++) {
    assert.deepEqual(parse(bytes.subarray(0, cut), bytes.subarray(cut)), whole, `cut at ${cut}`);
  }
  assert.deepEqual(parse(...Array.from(bytes, (byte) => Uint8Array.of(byte))), whole, "byte by byte");
});

test("a line without an end does not fill the memory", () => {
  const chunk = "x".repeat(1024 * 1024);

  assert.throws(() => parse("data: ", ...Array(17).fill(chunk)), RangeError);
});
