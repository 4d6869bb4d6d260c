import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

const VENDOR = new URL("../../../wwwroot-assets/vendor/", import.meta.url);

test("the vendored SignalR client is the published one, with its licence", async () => {
  const vendored = await readFile(new URL("signalr/signalr.min.js", VENDOR));
  const published = await readFile(new URL("../node_modules/@microsoft/signalr/dist/browser/signalr.min.js", import.meta.url));
  const notice = await readFile(new URL("README.md", VENDOR), "utf8");

  assert.ok(vendored.equals(published));
  assert.ok(notice.includes(createHash("sha256").update(vendored).digest("hex")));
  assert.match(await readFile(new URL("signalr/LICENSE.txt", VENDOR), "utf8"), /The MIT License/);
});
