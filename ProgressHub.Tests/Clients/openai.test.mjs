import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { before, describe, test } from "node:test";
import OpenAI, { toFile } from "openai";
import { serverUrl } from "./support/real-server.mjs";

const LIMIT = { timeout: 120_000 };
const MODEL = "whisper-1";

let client;
let server;
before(() => {
  server = serverUrl();
  client = new OpenAI({ apiKey: "none-needed", baseURL: `${server}/v1`, maxRetries: 0 });
});

const speech = () => {
  assert.ok(process.env.SPEECH, "Set SPEECH to a recording.");
  return createReadStream(process.env.SPEECH);
};
const transcribe = (more, options) => client.audio.transcriptions.create({ file: speech(), model: MODEL, ...more }, options);

describe("OpenAI's own client transcribes", LIMIT, () => {
  test("as json, with the job's id before the work is done", LIMIT, async () => {
    const { data, response } = await transcribe({}).withResponse();
    assert.match(data.text, /front/);
    assert.equal(data.usage.type, "duration");
    assert.ok(data.usage.seconds > 0);
    assert.equal(data.engine, "pocketsphinx");
    assert.equal(response.headers.get("x-job-id"), data.job_id);
    const native = await (await fetch(`${server}/api/jobs/${data.job_id}/result?format=json`)).json();
    assert.equal(native.text, data.text);
  });

  test("as verbose_json, with segments", LIMIT, async () => {
    const verbose = await transcribe({ response_format: "verbose_json", timestamp_granularities: ["segment"], language: "en" });
    assert.equal(verbose.task, "transcribe");
    assert.equal(verbose.language, "english");
    assert.ok(verbose.duration > 1);
    assert.ok(verbose.segments.length > 0);
    assert.equal(verbose.segments.map(({ text }) => text).join(" "), verbose.text);
    for (const [index, segment] of verbose.segments.entries()) {
      assert.equal(segment.id, index);
      assert.ok(segment.start >= 0 && segment.end > segment.start && segment.end <= verbose.duration);
      assert.ok(Array.isArray(segment.tokens));
      assert.equal(typeof segment.seek, "number");
      assert.ok(segment.compression_ratio > 0);
    }
  });

  test("as srt, vtt and text", LIMIT, async () => {
    assert.match(await transcribe({ response_format: "srt" }), /^1\n00:00:0\d,\d{3} --> 00:00:\d\d,\d{3}\n.*front/);
    assert.match(await transcribe({ response_format: "vtt" }), /^WEBVTT\n\n00:00:0\d\.\d{3} --> 00:00:\d\d\.\d{3}\n.*front/);
    assert.match(await transcribe({ response_format: "text" }), /^.*front.*\n$/);
  });

  test("as a stream, whose deltas add up to the text", LIMIT, async () => {
    const events = [];
    for await (const event of await transcribe({ stream: true, model: "gpt-4o-transcribe" })) events.push(event);
    const done = events.pop();
    assert.equal(done.type, "transcript.text.done");
    assert.match(done.text, /front/);
    assert.ok(events.length > 0);
    assert.ok(events.every(({ type }) => type === "transcript.text.delta"));
    assert.equal(events.map(({ delta }) => delta).join(""), done.text);
  });

  test("under an id of its own choice, behind which its fields come, and takes it once", LIMIT, async () => {
    const id = crypto.randomUUID();
    const data = await transcribe({ language: "en" }, { headers: { "X-Job-Id": id } });
    assert.equal(data.job_id, id);
    const progress = await (await fetch(`${server}/progress/${id}`)).json();
    assert.deepEqual(progress, { status: "completed", progress: 100, message: "Transcription complete", job_id: id });
    await assert.rejects(transcribe({}, { headers: { "X-Job-Id": id } }), OpenAI.ConflictError);
  });
});

describe("OpenAI's own client understands refusals", LIMIT, () => {
  const refused = async (type, promise, expected) => assert.rejects(promise, (error) => {
    assert.ok(error instanceof type, `${error.constructor.name}: ${error.message}`);
    assert.equal(typeof error.error.message, "string");
    assert.equal(typeof error.type, "string");
    assert.deepEqual({ code: error.code, param: error.param }, expected);
    return true;
  });
  const junk = () => toFile(Buffer.from(Uint8Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251)), "junk.mp3");

  test("of a request", LIMIT, async () => {
    const bad = OpenAI.BadRequestError;
    await refused(bad, transcribe({ model: undefined }), { code: "missing_required_parameter", param: "model" });
    await refused(bad, client.audio.transcriptions.create({ model: MODEL }), { code: "missing_required_parameter", param: "file" });
    await refused(bad, transcribe({ response_format: "docx" }), { code: "invalid_value", param: "response_format" });
    await refused(bad, transcribe({ temperature: 3 }), { code: "invalid_value", param: "temperature" });
    await refused(bad, transcribe({ language: "no such language" }), { code: "unsupported_language", param: "language" });
    await refused(bad, transcribe({ language: "de" }), { code: "unsupported_language", param: "language" });
    await refused(
      bad, transcribe({ response_format: "verbose_json", timestamp_granularities: ["sentence"] }),
      { code: "invalid_value", param: "timestamp_granularities" });
    await refused(
      bad, client.audio.transcriptions.create({ file: await toFile(Buffer.alloc(0), "empty.wav"), model: MODEL }),
      { code: "empty_file", param: "file" });
  });

  test("of what is no recording", LIMIT, async () => {
    await refused(
      OpenAI.BadRequestError, client.audio.transcriptions.create({ file: await junk(), model: MODEL }), { code: "not_audio", param: "file" });
    await refused(
      OpenAI.BadRequestError, client.audio.transcriptions.create({ file: await toFile(Buffer.from("No sound. ".repeat(100)), "text.mp3"), model: MODEL }),
      { code: "not_audio", param: "file" });
    const stream = await client.audio.transcriptions.create({ file: await junk(), model: MODEL, stream: true });
    await assert.rejects(async () => { for await (const _ of stream); }, OpenAI.APIError);
  });

  test("of what is not here", LIMIT, async () => {
    await refused(OpenAI.NotFoundError, client.models.retrieve("gpt-5"), { code: "model_not_found", param: "model" });
    await refused(
      OpenAI.NotFoundError, client.chat.completions.create({ model: MODEL, messages: [{ role: "user", content: "Hi" }] }),
      { code: "not_found", param: null });
  });
});

test("OpenAI's own client lists the models that are ready", LIMIT, async () => {
  const models = [];
  for await (const model of client.models.list()) models.push(model);
  assert.ok(models.some(({ id, object }) => id === "pocketsphinx" && object === "model"));
  assert.equal((await client.models.retrieve("pocketsphinx")).id, "pocketsphinx");
  assert.match((await transcribe({ model: "pocketsphinx" })).text, /front/);
});
