import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { createUpload, Upload, uploadFile } from "../../../wwwroot-assets/js/upload.js";
import { standInTus } from "../support/stand-in-tus.mjs";

const LIMIT = { timeout: 60_000 };
const timing = { backoffMinMs: 1, backoffMaxMs: 5 };

function file(length, name = "Gespräch 世界.wav") {
  const bytes = randomBytes(length);
  return { bytes, file: new File([bytes], name, { type: "audio/wav" }) };
}

describe("an upload", LIMIT, () => {
  test("goes in pieces, tells how far it is, and arrives whole", async () => {
    const server = await standInTus();
    const { bytes, file: source } = file(1000);
    const told = [];
    const id = await uploadFile(source, { endpoint: server.endpoint, chunkBytes: 300, timing, onProgress: ({ sent, total }) => told.push([sent, total]) });

    const [[url, upload]] = server.uploads;
    assert.ok(url.endsWith(id));
    assert.deepEqual(upload.bytes, bytes);
    assert.deepEqual(told, [[0, 1000], [300, 1000], [600, 1000], [900, 1000], [1000, 1000]]);
    const name = upload.metadata.split(",")[0].split(" ");
    assert.deepEqual([name[0], Buffer.from(name[1], "base64").toString()], ["filename", "Gespräch 世界.wav"]);
  });

  for (const fault of ["lost before", "lost after", "half", "busy"]) {
    test(`goes on where the server is after a piece was spoilt: ${fault}`, async () => {
      const server = await standInTus();
      const { bytes, file: source } = file(1000);
      server.faults = [undefined, fault, fault];
      await uploadFile(source, { endpoint: server.endpoint, chunkBytes: 300, timing });
      assert.deepEqual([...server.uploads.values()][0].bytes, bytes);
      assert.ok(server.requests.filter((r) => r === "HEAD").length >= 2);
    });
  }

  test("goes on in another page from its address", async () => {
    const server = await standInTus();
    const { bytes, file: source } = file(1000);
    const begun = await createUpload(source, { endpoint: server.endpoint, timing });
    [...server.uploads.values()][0].bytes = bytes.subarray(0, 700);
    const told = [];
    await new Upload(source, begun.url, { timing, onProgress: ({ sent }) => told.push(sent) }).send();
    assert.deepEqual([...server.uploads.values()][0].bytes, bytes);
    assert.deepEqual(told, [700, 1000]);
  });

  test("ends at once where the server refuses it, and says why", async () => {
    const server = await standInTus();
    server.refuse = 413;
    await assert.rejects(uploadFile(file(10).file, { endpoint: server.endpoint, timing }), { code: "refused", status: 413 });
    assert.equal(server.requests.length, 1);
  });

  test("gives up in the end where nothing is ever taken", async () => {
    const server = await standInTus();
    server.faults = Array(100).fill("lost before");
    await assert.rejects(uploadFile(file(10).file, { endpoint: server.endpoint, timing }));
    assert.ok(server.requests.filter((r) => r.startsWith("PATCH")).length <= 12);
  });

  test("is ended by its signal, and removed when told to", async () => {
    const server = await standInTus();
    const controller = new AbortController();
    const upload = await createUpload(file(1000).file, { endpoint: server.endpoint, chunkBytes: 100, timing, signal: controller.signal });
    const sending = upload.send({ onProgress: ({ sent }) => { if (sent >= 300) controller.abort(new Error("enough")); } });
    await assert.rejects(sending, /enough/);
    assert.equal([...server.uploads.values()][0].bytes.length, 300);
    await upload.remove();
    assert.equal(server.uploads.size, 0);
  });
});
