// A question over documents: ask, then switch on the type of each message of its stream.
export async function run(base, say, { signal } = {}) {
  const response = await fetch(`${base}/api/v1/streaming-chat/ask-question`, {
    method: "POST",
    signal,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      deity_id: "guan_yu", fortune_number: 40, question: "我下週的面試會順利嗎？", enable_streaming: true, language: "zh",
    }),
  });
  if (response.status === 404) throw new Error("This server does not have POST /api/v1/streaming-chat/ask-question.");
  if (!response.ok) throw new Error(await response.text());
  const { task_id } = await response.json();
  say(`Task ${task_id}`, 0);

  const events = new EventSource(`${base}/api/v1/streaming-chat/sse/${task_id}?token=any`);
  await new Promise((resolve, reject) => {
    signal?.addEventListener("abort", resolve);
    events.onerror = () => events.readyState === EventSource.CLOSED && reject(new Error("There is no such stream."));
    events.onmessage = (event) => {
      const data = JSON.parse(event.data);
      switch (data.type) {
        case "enhanced_status":
        case "enhanced_progress":
          say(`${data.stage ?? data.status}: ${data.progress}% ${data.message ?? ""}`, data.progress);
          break;
        case "enhanced_complete":
          say(data.result.response, 100);
          say(`Confidence ${data.result.confidence}%, ${data.summary.total_processing_time} ms`);
          resolve();
          break;
        case "enhanced_error":
          reject(new Error(data.error));
          break;
      }
    };
  }).finally(() => events.close());
}
