namespace ProgressHub.Web.Components.Connect;

/// <summary>All ways to connect: each an entry here and a script of its name.</summary>
internal static class Snippets
{
    private const string Base = "{base}";

    public static IReadOnlyList<Snippet> All { get; } =
    [
        new("native", "JavaScript client", "SignalR, falling back to server-sent events and to polling; each event once and in order.",
            """
            job=$(curl -fsS {base}/api/jobs -H 'Content-Type: application/json' \
              -d '{"kind": "translation", "input": {"text": "The lamp is lit at dusk.", "targetLanguage": "es"}}' |
              sed 's/.*"jobId":"\([0-9a-f]*\)".*/\1/')
            curl -fsS "{base}/api/jobs/$job"
            curl -fsS "{base}/api/jobs/$job/result?wait=20"
            """),
        new("events", "Server-sent events", "No library at all: EventSource in a page, curl -N in a shell.",
            """
            job=$(curl -fsS {base}/api/jobs -H 'Content-Type: application/json' \
              -d '{"kind": "translation", "input": {"text": "The lamp is lit at dusk.", "targetLanguage": "es"}}' |
              sed 's/.*"jobId":"\([0-9a-f]*\)".*/\1/')
            curl -fsSN "{base}/api/jobs/$job/events?after=0" -H 'Accept: text/event-stream'
            """),
        new("messages", "Translation with partial results", "POST /messages, then poll its status and the batches that are done.",
            """
            id=$(curl -fsS {base}/messages -H 'Content-Type: application/json' \
              -d '{"content": "The lamp is lit at dusk.", "target_language": "es"}' | sed 's/.*"id":"\([0-9a-f]*\)".*/\1/')
            curl -fsS "{base}/messages/$id"
            curl -fsS "{base}/messages/$id/partial"
            """)
        {
            Dialect = "Messages (translation)",
        },
        new("enhanced", "Enhanced RAG progress", "A question over documents, and every step to its answer as enhanced_* messages.",
            """
            task=$(curl -fsS {base}/api/v1/streaming-chat/ask-question -H 'Content-Type: application/json' -d '{
              "deity_id": "guan_yu", "fortune_number": 40, "question": "我下週的面試會順利嗎？",
              "enable_streaming": true, "language": "zh"}' | sed 's/.*"task_id":"\([0-9a-f]*\)".*/\1/')
            curl -fsSN "{base}/api/v1/streaming-chat/sse/$task?token=any&events=enhanced"
            curl -fsS "{base}/api/v1/streaming-chat/progress/$task"
            """)
        {
            Dialect = "Streaming chat",
        },
        new("streaming", "Streaming processor", "The same stream's streaming_progress messages: how long a step runs, and is expected to.",
            """
            task=$(curl -fsS {base}/api/v1/streaming-chat/ask-question -H 'Content-Type: application/json' -d '{
              "deity_id": "guan_yu", "question": "Shall I sail before the storm?", "language": "en"}' |
              sed 's/.*"task_id":"\([0-9a-f]*\)".*/\1/')
            curl -fsSN "{base}/api/v1/streaming-chat/sse/$task?token=any&events=streaming"
            """)
        {
            Dialect = "Streaming chat",
        },
        new("transcribe", "Transcription", "POST /transcribe under a job id of your own, followed live while that request is open; or OpenAI's API.",
            """
            id=talk-$(date +%s)                       # any you like; talk.wav is a recording of yours
            curl -fsS "{base}/transcribe?job_id=$id" -F file=@talk.wav &
            curl -fsSN "{base}/progress/$id/stream"
            wait
            curl -fsSN {base}/v1/audio/transcriptions -F file=@talk.wav -F model=whisper-1 -F stream=true
            curl -fsS {base}/v1/models                # the engines that are ready
            """)
        {
            Dialect = "Transcription",
            File = new SnippetFile("A recording", "audio/*,video/*", "transcription", "Choose a recording first."),
            Library = new LibraryUse(
                "With OpenAI's library, in Node",
                """
                import { createReadStream } from "node:fs";
                import OpenAI from "openai";

                const client = new OpenAI({ baseURL: "{base}/v1", apiKey: "none" });
                const stream = await client.audio.transcriptions.create({
                  file: createReadStream("talk.wav"),
                  model: "whisper-1",
                  stream: true,
                });
                for await (const event of stream) {
                  if (event.type === "transcript.text.delta") process.stdout.write(event.delta);
                }
                """),
        },
        new("session", "Chat session with a log", "The session's log is opened before there is a session; then it is asked, and both are open at once.",
            """
            session=chat-$(date +%s)
            curl -sN --max-time 5 "{base}/api/progress/$session" &      # stays open, across the session's questions
            curl -fsS {base}/analyze -H 'Content-Type: application/json' \
              -d '{"session_id": "'$session'", "question": "What stocks have highest volatility?"}'
            wait
            curl -fsS "{base}/api/progress/$session/events"
            """)
        {
            Dialect = "Session log",
        },
    ];

    /// <summary>A text with this server's address.</summary>
    public static string At(string address, string text) => text.Replace(Base, address, StringComparison.Ordinal);

    /// <summary>The script for this server: what is run here, with its imports found from elsewhere too, and the call.</summary>
    public static string Script(Snippet snippet, string module, string address)
    {
        var text = module.TrimEnd().Replace("from \"/", $"from \"{address}/", StringComparison.Ordinal);
        var more = snippet.File is null ? "" : ", { file: document.querySelector(\"input[type=file]\").files[0] }";
        return $"{text}\n\nawait run(\"{address}\", console.log{more});\n";
    }
}
