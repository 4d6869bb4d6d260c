import assert from "node:assert/strict";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createElement } from "react";
import { create } from "react-test-renderer";
import { FAST, standIn, within } from "../support/watching.mjs";

// Installed as a program has it, so that its `react` is the one that renders.
const folder = await mkdtemp(join(tmpdir(), "progress-hub-react-"));
after(() => rm(folder, { recursive: true, force: true }));
await cp(new URL("../../../wwwroot-assets/js", import.meta.url), join(folder, "progress-hub"), { recursive: true });
await symlink(fileURLToPath(new URL("../node_modules", import.meta.url)), join(folder, "node_modules"));
const { useJob } = await import(join(folder, "progress-hub", "react.js"));
const server = await standIn();

/** Shows a job, and keeps every view that is rendered. */
function show(job) {
  const seen = { views: [], events: [], waiting: [] };
  function Bar({ id }) {
    const view = useJob(id, { baseUrl: server.url, timing: FAST, onEvent: (event) => seen.events.push(event.seq) });
    seen.views.push(view);
    queueMicrotask(() => seen.waiting.splice(0).forEach((look) => look()));
    return createElement("progress", { value: view.snapshot?.fraction ?? 0 });
  }
  const element = (id) => createElement(Bar, { id });
  const root = create(element(job?.id ?? null));
  const last = () => seen.views.at(-1) ?? {};
  const until = (holds) => within(new Promise((resolve) => {
    const look = () => holds(last()) ? resolve() : seen.waiting.push(look);
    look();
  }), String(holds));
  return { seen, last, until, change: (other) => root.update(element(other?.id ?? null)), unmount: () => root.unmount(), root };
}

test("a component shows a job to its end", async () => {
  const job = server.addJob().begin("Letter");
  const view = show(job);
  await view.until(({ connection }) => connection?.state === "open");

  job.progress(0.5);
  await view.until(({ snapshot }) => snapshot?.fraction === 0.5);
  assert.equal(view.root.toJSON().props.value, 0.5);
  job.end();
  await view.until(({ snapshot }) => snapshot?.state === "succeeded");

  assert.equal(view.seen.views[0].snapshot, null);
  assert.deepEqual(view.seen.events, job.log.slice(-2).map(({ seq }) => seq));
  view.unmount();
});

test("another id is another watch, none is none, and a component that is gone watches nothing", async () => {
  const [first, second] = [server.addJob().begin("First"), server.addJob().begin("Second")];
  const view = show(first);
  await view.until(({ snapshot }) => snapshot?.title === "First");
  const { watch } = view.last();

  view.change(second);
  await view.until(({ snapshot }) => snapshot?.title === "Second");
  await within(watch.done.catch(() => {}), "the first watch's end");
  assert.equal(watch.connection.state, "closed");
  const other = view.last().watch;
  view.change(null);
  await view.until(({ snapshot, watch: none }) => snapshot === null && none === null);
  await within(other.done.catch(() => {}), "the second watch's end");

  view.change(first);
  await view.until(({ snapshot }) => snapshot?.title === "First");
  const again = view.last().watch;
  view.unmount();
  await within(again.done.catch(() => {}));
  assert.equal(again.connection.state, "closed");
});

test("what can't be watched is an error of the view", async () => {
  const view = show({ id: "nonsense" });
  await view.until(({ error }) => error);
  assert.match(view.last().error.message, /neither a job id/);

  view.change({ id: "0".repeat(32) });
  await view.until(({ error }) => error?.code === "job_not_found");
  view.unmount();
});
