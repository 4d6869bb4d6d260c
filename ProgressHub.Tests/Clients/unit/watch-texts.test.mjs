import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const folder = path.resolve(import.meta.dirname, "../../../wwwroot-assets/watch");
const modules = readdirSync(folder).filter((name) => name.endsWith(".js"));
const languages = modules.filter((name) => /^texts\..+\.js$/.test(name));

/** What the page's scripts ask for: in calls of `t`, and in the tables of states and levels. */
function asked() {
  const texts = new Set(["Queued", "Running", "Needs an answer", "Canceling", "Succeeded", "Failed", "Canceled", "Information", "Success", "Warning", "Error"]);
  for (const name of modules.filter((module) => !module.startsWith("texts"))) {
    const text = readFileSync(path.join(folder, name), "utf8");
    for (const [, key] of text.matchAll(/\bt\("((?:[^"\\]|\\.)*)"/g)) texts.add(key);
  }
  return texts;
}

const serverWords = new Set([...readFileSync(
  new URL("../../../ProgressHub.Web/Localization/ServerWords.cs", import.meta.url), "utf8")
  .matchAll(/UiText\.Key\("([^"]+)"\)/g)].map((match) => match[1]));

test("each language of the page has every text and no other", async () => {
  assert.ok(languages.length > 0);
  for (const name of languages) {
    const { default: texts } = await import(path.join(folder, name));
    // What comes from the server in English is translated by its words too.
    const own = Object.keys(texts).filter((key) => asked().has(key) || !serverWords.has(key));
    assert.deepEqual(own.sort(), [...asked()].sort(), name);
    for (const [key, text] of Object.entries(texts)) {
      assert.deepEqual([...text.matchAll(/\{\d\}/g)].map(String).sort(), [...key.matchAll(/\{\d\}/g)].map(String).sort(), key);
    }
  }
});
