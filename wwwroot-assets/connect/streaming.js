// How long each step takes, and is expected to: what a watcher sees while the work is busy.
export async function run(base, say, { signal } = {}) {
  const response = await fetch(`${base}/api/v1/streaming-chat/ask-question`, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ deity_id: "guan_yu", question: "Shall I sail before the storm?", enable_streaming: true, language: "en" }),
  });
  if (response.status === 404) throw new Error("This server does not have POST /api/v1/streaming-chat/ask-question.");
  if (!response.ok) throw new Error(await response.text());
  const { task_id } = await response.json();
  say(`Task ${task_id}`, 0);

  let last = performance.now();
  let longest = 0;
  const events = new EventSource(`${base}/api/v1/streaming-chat/sse/${task_id}?token=any&events=streaming`);
  await new Promise((resolve, reject) => {
    signal?.addEventListener("abort", resolve);
    events.onerror = () => events.readyState === EventSource.CLOSED && reject(new Error("There is no such stream."));
    events.onmessage = (event) => {
      const data = JSON.parse(event.data);
      const interval = performance.now() - last;
      last += interval;
      longest = Math.max(longest, interval);
      if (data.type === "streaming_progress") {
        const { elapsed, estimated_duration } = data.data;
        const left = estimated_duration ? `, about ${Math.max(0, estimated_duration - elapsed).toFixed(1)} s left` : "";
        say(`${data.message} — ${elapsed.toFixed(1)} s${left}; ${interval.toFixed(0)} ms since the last one`, data.progress);
      } else if (data.type === "enhanced_complete") {
        say(data.result.response, 100);
        say(`${data.result.processing_time_ms} ms; never more than ${longest.toFixed(0)} ms without a word`);
        resolve();
      } else if (data.type === "enhanced_error") {
        reject(new Error(data.error));
      }
    };
  }).finally(() => events.close());
}
