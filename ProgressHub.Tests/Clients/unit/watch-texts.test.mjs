import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "../../..");
const folder = path.join(root, "wwwroot-assets/watch");

/** What the page's scripts ask for: in calls of `t`, and in the tables of states and levels. */
function asked() {
  const texts = new Set(["Queued", "Running", "Needs an answer", "Canceling", "Succeeded", "Failed", "Canceled", "Information", "Success", "Warning", "Error"]);
  for (const name of readdirSync(folder).filter((name) => name.endsWith(".js"))) {
    const text = readFileSync(path.join(folder, name), "utf8");
    for (const [, key] of text.matchAll(/\bt\("((?:[^"\\]|\\.)*)"/g)) texts.add(key);
  }
  return texts;
}

test("the server sends every text of the page and no other", () => {
  const source = readFileSync(path.join(root, "ProgressHub.Web/Components/Standalone/WatchTexts.cs"), "utf8");
  const sent = [...source.matchAll(/UiText\.Key\("([^"]+)"\)/g)].map(([, key]) => key);

  assert.deepEqual(sent.sort(), [...asked()].sort());
});
