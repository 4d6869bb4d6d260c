// The JavaScript client: SignalR, falling back to server-sent events and to polling.
import { watchJob } from "/js/progress-hub.js";

export async function run(base, say, { signal } = {}) {
  const response = await fetch(`${base}/api/jobs`, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      kind: "translation",
      title: "From the Connect page",
      input: { text: "The lamp is lit at dusk.\n\nIt burns until morning.", targetLanguage: "es", batchCharacters: 50 },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  const { jobId } = await response.json();
  say(`Job ${jobId}`, 0);

  const watch = watchJob(jobId, { baseUrl: base, after: 0 });
  signal?.addEventListener("abort", () => watch.close());
  for await (const event of watch) {
    if (event.type === "progress") say(event.message ?? event.stage, event.fraction * 100);
    else if (event.type === "partial") say(event.text ?? event.error);
    else if (event.type === "done") say(event.state, event.state === "succeeded" ? 100 : undefined);
  }
}
