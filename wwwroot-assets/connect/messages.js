// Translation with partial results: submit, then poll the status and what is translated so far.
export async function run(base, say, { signal } = {}) {
  const response = await fetch(`${base}/messages`, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ content: "The lamp burns until morning.\n\n".repeat(200), target_language: "es" }),
  });
  if (response.status === 404) throw new Error("This server does not have POST /messages.");
  if (!response.ok) throw new Error(await response.text());
  const { id } = await response.json();
  say(`Message ${id}`, 0);

  const shown = new Set();
  for (let last; ; ) {
    const { status, content } = await (await fetch(`${base}/messages/${id}`, { signal })).json();
    const { partial_results } = await (await fetch(`${base}/messages/${id}/partial`, { signal })).json();
    for (const [batch, text] of Object.entries(partial_results ?? {})) {
      if (!shown.has(batch)) say(`Batch ${batch}: ${text.replace(/\s+/g, " ").slice(0, 60)}`);
      shown.add(batch);
    }
    if (status.message !== last) say(status.message, status.progress);
    last = status.message;
    if (!["queued", "started"].includes(status.status_type)) return say(`${content?.length ?? 0} characters`);
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}
