using System.Globalization;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>What only this dialect says; everything else are the job's own messages.</summary>
internal sealed class ChatWords
{
    public static readonly ChatWords Chinese = new()
    {
        Operations = new() { [ChatStages.Retrieving] = "RAG檢索", [ChatStages.Answering] = "LLM推理" },
        Queued = "任務已排入佇列...",
        Canceled = "任務已取消。",
        Canceling = "正在取消任務...",
        Complete = "完成！",
        BeginsText = "🎯 開始 {0}",
        BeginsForText = "🎯 開始 {0} (預計 {1:0.0}s)",
        EndsText = "✅ {0}完成 ({1:0.0}s)",
    };

    public static readonly ChatWords English = new()
    {
        Operations = new() { [ChatStages.Retrieving] = "RAG retrieval", [ChatStages.Answering] = "LLM inference" },
        Queued = "The task waits in the queue…",
        Canceled = "The task was canceled.",
        Canceling = "The task is being canceled…",
        Complete = "Done.",
        BeginsText = "🎯 Starting {0}",
        BeginsForText = "🎯 Starting {0} (about {1:0.0}s)",
        EndsText = "✅ {0} complete ({1:0.0}s)",
    };

    private string BeginsText { get; init; } = "";
    private string BeginsForText { get; init; } = "";
    private string EndsText { get; init; } = "";

    private ChatWords()
    {
    }

    /// <summary>What the long stages are called.</summary>
    public required Dictionary<string, string> Operations { get; init; }

    public required string Queued { get; init; }

    public required string Canceled { get; init; }

    public required string Canceling { get; init; }

    public required string Complete { get; init; }

    /// <summary>An operation begins; how long it takes as a rule, in seconds, where that is known.</summary>
    public string Begins(string operation, double? seconds) => seconds is { } s
        ? string.Format(CultureInfo.InvariantCulture, BeginsForText, operation, s)
        : string.Format(CultureInfo.InvariantCulture, BeginsText, operation);

    /// <summary>An operation has ended after so many seconds.</summary>
    public string Ends(string operation, double seconds) =>
        string.Format(CultureInfo.InvariantCulture, EndsText, operation, seconds);
}
