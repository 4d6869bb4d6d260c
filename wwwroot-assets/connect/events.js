// Server-sent events, with nothing but what every browser has. EventSource reconnects and resumes by itself.
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

  const events = new EventSource(`${base}/api/jobs/${jobId}/events?after=0`);
  signal?.addEventListener("abort", () => events.close());
  events.addEventListener("progress", (e) => {
    const { message, fraction } = JSON.parse(e.data);
    say(message, fraction * 100);
  });
  events.addEventListener("partial", (e) => say(JSON.parse(e.data).text));
  const state = await new Promise((resolve) => {
    signal?.addEventListener("abort", () => resolve("stopped"));
    events.addEventListener("done", (e) => resolve(JSON.parse(e.data).state));
  });
  events.close();
  say(state, state === "succeeded" ? 100 : undefined);
}
