import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const root = path.resolve(import.meta.dirname, "../../../wwwroot-assets");

/** All modules that a module needs, itself included. */
function needs(file, seen = new Set()) {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(path.join(root, file), "utf8");
  for (const [, name] of text.matchAll(/^\s*(?:import|export)[^;]*?from\s+"(\.[^"]+)"/gm)) needs(path.join(path.dirname(file), name), seen);
  return seen;
}

test("the page to watch a job in names all its modules, so that they come at once", () => {
  const html = readFileSync(path.join(root, "watch/watch.html"), "utf8");
  const named = [...html.matchAll(/<link rel="modulepreload" href="([^"]+)">/g)].map(([, href]) => path.join("watch", href));

  assert.deepEqual(["watch/watch.js", ...named].sort(), [...needs("watch/watch.js")].sort());
});
