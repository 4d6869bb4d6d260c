// Speech to text: with a job id of your own choice its progress can be followed while the request is still open.
export async function run(base, say, { signal, file } = {}) {
  const models = await fetch(`${base}/v1/models`, { signal });
  if (models.status === 404) throw new Error("This server does not have GET /v1/models.");
  const [model] = (await models.json()).data;
  if (!model) throw new Error("No speech engine is ready on this server.");
  const id = `talk-${Date.now()}`;
  const form = new FormData();
  form.append("model", model.id);
  form.append("file", file);
  const answer = fetch(`${base}/transcribe?job_id=${id}`, { method: "POST", body: form, signal });
  say(`Job ${id}, heard by ${model.id}`, 0);

  let last;
  const events = new EventSource(`${base}/progress/${id}/stream`);
  signal?.addEventListener("abort", () => events.close());
  events.onmessage = (event) => {
    const { status, progress, message } = JSON.parse(event.data);
    if (message !== last) say(`${message} (${progress}%)`, progress);
    last = message;
    if (status === "completed" || status === "error") events.close();
  };
  try {
    const response = await answer;
    if (response.status === 404) throw new Error("This server does not have POST /transcribe.");
    const { text, segments, error } = await response.json();
    if (error) throw new Error(error);
    for (const { start, end, text } of segments) say(`${start.toFixed(2)} to ${end.toFixed(2)} s: ${text}`);
    say(`Heard: ${text}`, 100);
  } finally {
    events.close();
  }
}
