// A chat that shows its log: open the session's stream first, then ask. Both are open at the same time.
export async function run(base, say, { signal } = {}) {
  const icons = { success: "✓", error: "✕", warning: "⚠", info: "•" };
  const session = `chat-${Date.now()}`;
  const seen = new Set();
  const events = new EventSource(`${base}/api/progress/${session}`);
  signal?.addEventListener("abort", () => events.close());
  events.onmessage = (event) => {
    const { id, level, message, step, totalSteps } = JSON.parse(event.data);
    const place = step ? ` (Step ${step}/${totalSteps})` : "";
    say(`${icons[level]} ${message}${place}`, step && (100 * (step - 1)) / totalSteps);
    seen.add(id);
  };
  try {
    const response = await fetch(`${base}/analyze`, {
      method: "POST",
      signal,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session_id: session, question: "What stocks have highest volatility?" }),
    });
    if (response.status === 404) throw new Error("This server does not have POST /analyze.");
    const { answer, question, options, error } = await response.json();

    // The answer may overtake the last lines of the log.
    const log = await (await fetch(`${base}/api/progress/${session}/events`, { signal })).json();
    while (!log.events.every(({ id }) => seen.has(id)) && !signal?.aborted)
      await new Promise((resolve) => setTimeout(resolve, 50));

    if (error) throw new Error(error);
    if (options) say(`${question} ${options.join(", ")}`);
    else say(answer, 100);
  } finally {
    events.close();
  }
}
