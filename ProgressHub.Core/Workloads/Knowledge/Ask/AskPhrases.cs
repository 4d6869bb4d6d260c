using System.Globalization;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Workloads.Knowledge.Ask;

/// <summary>What an ask job says on its way, in English or in Traditional Chinese.</summary>
internal sealed class AskPhrases(AskLanguage language)
{
    private bool Zh => language == AskLanguage.Chinese;

    public string Code => Zh ? "zh" : "en";

    public string Begins => Zh ? "初始化處理流程…" : "Getting ready…";

    public string Quotes => Zh
        ? "以下是與問題最相符的段落（原文引用，未經改寫）："
        : "These passages fit the question best (quoted as they are, not interpreted):";

    public string NothingFound => Zh
        ? "在這個資料集裡找不到與問題相符的內容。"
        : "Nothing in this collection fits the question.";

    public string Analyzing => Zh ? "正在分析內容…" : "Reading the passages…";

    public string Finished => Zh ? "回答完成！" : "The answer is complete.";

    public string BeginsAgain => Zh ? "先前的回答中斷了，重新開始回答。" : "The earlier answer broke off; it begins again.";

    public string Opens(string collection) => Zh ? $"正在開啟資料集「{collection}」…" : $"Opening the collection “{collection}”…";

    public string Searches(IReadOnlyList<string> names) => names is [var name, ..]
        ? Zh ? $"正在檢索{Named(name)}…" : $"Looking up {name}…"
        : Zh ? "正在檢索相關段落…" : "Searching for passages…";

    public string Found(int count) => (Zh, count) switch
    {
        (true, 0) => "沒有找到相符的段落",
        (true, _) => Invariant($"成功找到 {count} 個段落"),
        (false, 0) => "Found no passage that fits",
        (false, 1) => "Found 1 passage",
        _ => Invariant($"Found {count} passages"),
    };

    public string Passage(Citation citation) => Zh
        ? Invariant($"[{citation.N}] {citation.Title}（相符程度 {citation.Score:P0}）")
        : Invariant($"[{citation.N}] {citation.Title} (fits {citation.Score:P0})");

    public string Writes(string engine) => Zh ? $"{engine} 開始回答…" : $"{engine} begins to answer…";

    /// <summary>What is said while retrieval takes its time.</summary>
    public PulseOptions Retrieval => new()
    {
        Expected = TimeSpan.FromSeconds(2),
        Early = Zh ? "🧮 生成查詢向量…" : "🧮 Making the query's vector…",
        Middle = Zh ? "🔎 搜索相似內容…" : "🔎 Searching for what is near…",
        Late = Zh ? "📑 整理檢索結果…" : "📑 Sorting what was found…",
        Overdue = Zh ? "⏰ 檢索比預期稍長…" : "⏰ Retrieval takes longer than usual…",
        From = 0.4,
        To = 0.9,
    };

    /// <summary>What is said while an answer is written.</summary>
    public PulseOptions Generation => new()
    {
        Expected = TimeSpan.FromSeconds(15),
        Early = Zh ? "📖 正在分析內容…" : "📖 Reading the passages…",
        Middle = Zh ? "✍️ 正在生成回答…" : "✍️ Writing the answer…",
        Late = Zh ? "💭 即將完成回答…" : "💭 Nearly done with the answer…",
        Overdue = Zh ? "⏰ 生成比預期稍長…" : "⏰ The answer takes longer than usual…",
        From = 0.2,
        To = 0.98,
    };

    public string Waits(WorkloadException fault, TimeSpan delay) => Zh
        ? Invariant($"等待 {delay.TotalSeconds:0.#} 秒後重試：{fault.Message}")
        : Invariant($"Waits {delay.TotalSeconds:0.#} s and tries again: {fault.Message}");

    public string Meaning(double value) => (Zh, value) switch
    {
        (true, 0) => "沒有找到相符的段落。",
        (true, 1) => "問題指名了這個段落。這表示段落與問題的相符程度，不代表答案是否正確。",
        (true, _) => "最佳段落與問題的相符程度（0 到 1），不代表答案是否正確。",
        (false, 0) => "Nothing was found that fits the question.",
        (false, 1) => "The question names the passage. It says how well passages fit the question, not whether the answer is true.",
        _ => "How well the best passage fits the question, from 0 to 1; not whether the answer is true.",
    };

    private static string Named(string name) =>
        name.Split(' ') is ["number", var number] ? $"第 {number} 籤" : $"「{name}」";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
