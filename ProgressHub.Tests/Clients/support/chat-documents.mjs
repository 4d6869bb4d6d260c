import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.env.CHAT_DOCUMENTS;

/** The first code block of a document below a heading; the equivalent where the document is not here. */
export function codeBelow(document, heading, equivalent) {
  if (!folder || !existsSync(join(folder, document))) return equivalent;
  const text = readFileSync(join(folder, document), "utf8");
  const below = text.indexOf(`\n${heading}\n`);
  if (below < 0) throw new Error(`${document} has no '${heading}'.`);
  const begin = text.indexOf("\n", text.indexOf("\n```", below) + 1) + 1;
  return text.slice(begin, text.indexOf("\n```", begin));
}

/** What such clients do, in words of our own: for those who have the repository alone. */
export const HANDLER_OF_ENHANCED = `
const source = new EventSource("/api/v1/streaming-chat/sse/task_123?token=" + authToken);
source.onmessage = ({ data }) => {
  const told = JSON.parse(data);
  if (told.type === "enhanced_progress") {
    document.getElementById("progress-bar").style.width = told.progress + "%";
    document.getElementById("progress-text").textContent = told.progress + "%";
    document.getElementById("progress-message").textContent = told.message;
    const line = document.createElement("div");
    line.textContent = told.stage + ": " + told.progress + "% - " + told.message;
    document.getElementById("progress-log").appendChild(line);
  } else if (told.type === "enhanced_complete") {
    hideProgressBar();
    showResult(told.result.response);
    showSummary(told.summary);
  } else if (told.type === "enhanced_error") showError(told.error);
  else if (told.type === "enhanced_ping") updateConnectionStatus("alive", told.connection_alive_seconds);
};`;

export const HANDLER_OF_STREAMING = `
const source = new EventSource("/api/v1/streaming-chat/sse/task_123?token=" + authToken);
source.onmessage = ({ data }) => {
  const told = JSON.parse(data);
  if (told.type !== "streaming_progress") return;
  updateProgressBar(told.progress);
  showProgressMessage(told.message);
  document.getElementById("current-stage").textContent = told.stage;
  document.getElementById("elapsed-time").textContent = told.elapsed_seconds.toFixed(1);
  const { estimated_duration: whole, elapsed } = told.data ?? {};
  if (whole > elapsed) document.getElementById("remaining-time").textContent = (whole - elapsed).toFixed(1);
};`;

export const HOOK_OF_ENHANCED = `
function useEnhancedProgress(taskId, authToken) {
  const [state, setState] = useState({ progress: 0, result: null, error: null, progressHistory: [] });
  useEffect(() => {
    const source = new EventSource("/api/v1/streaming-chat/sse/" + taskId + "?token=" + authToken);
    source.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      if (told.type === "enhanced_progress") {
        setState((s) => ({ ...s, ...told, progressHistory: [...s.progressHistory, told] }));
      } else if (told.type === "enhanced_complete") {
        setState((s) => ({ ...s, progress: 100, stage: "completed", result: told.result }));
        source.close();
      } else if (told.type === "enhanced_error") setState((s) => ({ ...s, error: told.error }));
    };
    source.onerror = () => { setState((s) => ({ ...s, error: "lost" })); source.close(); };
    return () => source.close();
  }, [taskId, authToken]);
  return state;
}`;

export const HOOK_OF_STREAMING = `
function useRealTimeProgress(taskId, authToken) {
  const [state, setState] = useState({ progress: 0, result: null, error: null, progressHistory: [] });
  useEffect(() => {
    const source = new EventSource("/api/v1/streaming-chat/sse/" + taskId + "?token=" + authToken);
    source.onmessage = ({ data }) => {
      const told = JSON.parse(data);
      if (told.type === "streaming_progress") {
        setState((s) => ({ ...s, progress: told.progress, elapsedTime: told.elapsed_seconds, progressHistory: [...s.progressHistory, told] }));
      } else if (["complete", "enhanced_complete"].includes(told.type)) {
        setState((s) => ({ ...s, progress: 100, stage: "completed", result: told.result }));
        source.close();
      } else if (["error", "enhanced_error"].includes(told.type)) setState((s) => ({ ...s, error: told.error }));
    };
    return () => source.close();
  }, [taskId, authToken]);
  return state;
}`;
