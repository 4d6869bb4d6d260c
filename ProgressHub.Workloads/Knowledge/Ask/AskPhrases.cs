using System.Globalization;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>What an ask job says on its way, in English or in Traditional Chinese.</summary>
/// <param name="language">The language.</param>
/// <param name="verse">Whether it is one of a numbered deck of verses that is asked for, by its number.</param>
internal sealed class AskPhrases(AskLanguage language, bool verse = false)
{
    private bool Zh => language == AskLanguage.Chinese;

    public string Code => Zh ? "zh" : "en";

    public string Begins => Zh ? "初始化處理流程..." : "Getting ready…";

    public string Quotes => Zh
        ? "以下是與問題最相符的段落（原文引用，未經改寫）："
        : "These passages fit the question best (quoted as they are, not interpreted):";

    public string NothingFound => Zh
        ? "在這個資料集裡找不到與問題相符的內容。"
        : "Nothing in this collection fits the question.";

    /// <summary>What is said where documents and question are in two languages.</summary>
    public string OtherLanguage(string documents, string question) => Zh
        ? $"文件是{ZhName(documents)}，問題是{ZhName(question)}；不同語言的詞句在這裡無法互相比對，請用{ZhName(documents)}提問。"
        : $"The documents are in {documents} and the question is in {question}: words of one language do not find those of another here. Ask in {documents}.";

    public string Maps => Zh ? "正在映射神明識別碼..." : "Mapping the deity's identifier…";

    public string Analyzing => (Zh, verse) switch
    {
        (true, true) => "正在分析籤詩內容...",
        (true, false) => "正在分析段落內容...",
        (false, true) => "Reading the verse…",
        _ => "Reading the passages…",
    };

    public string Combines => (Zh, verse) switch
    {
        (true, true) => "結合傳統智慧與現代解釋...",
        (true, false) => "結合找到的段落與問題...",
        (false, true) => "Bringing the verse and the question together…",
        _ => "Bringing the passages and the question together…",
    };

    public string Writes => (Zh, verse) switch
    {
        (true, true) => "生成個人化建議...",
        (true, false) => "正在撰寫回答...",
        _ => "Writing the answer…",
    };

    public string Ends => (Zh, verse) switch
    {
        (true, true) => "完成解釋生成...",
        (true, false) => "完成回答內容...",
        _ => "The answer is written…",
    };

    public string Finished => (Zh, verse) switch
    {
        (true, true) => "解釋生成完成！",
        (true, false) => "回答完成！",
        _ => "The answer is complete.",
    };

    public string BeginsAgain => Zh ? "先前的回答中斷了，重新開始回答。" : "The earlier answer broke off; it begins again.";

    public string Opens(string collection) => (Zh, verse) switch
    {
        (true, true) => $"正在查找 {collection} 籤詩...",
        (true, false) => $"正在開啟資料集「{collection}」...",
        (false, true) => $"Looking for the verses of {collection}…",
        _ => $"Opening the collection “{collection}”…",
    };

    public string Searches(IReadOnlyList<string> names) => names is [var name, ..]
        ? Zh ? $"正在檢索{Named(name)}..." : $"Looking up {name}…"
        : Zh ? "正在檢索相關段落..." : "Searching for passages…";

    public string Found(int count, string collection) => (Zh, verse, count) switch
    {
        (true, _, 0) => "沒有找到相符的段落",
        (true, true, _) => $"成功找到 {collection} 籤詩",
        (true, false, _) => Invariant($"成功找到 {count} 個段落"),
        (false, _, 0) => "Found no passage that fits",
        (false, true, _) => $"Found the verse of {collection}",
        (false, _, 1) => "Found 1 passage",
        _ => Invariant($"Found {count} passages"),
    };

    public string Passage(Citation citation) => Zh
        ? Invariant($"[{citation.N}] {citation.Title}（相符程度 {citation.Score:P0}）")
        : Invariant($"[{citation.N}] {citation.Title} (fits {citation.Score:P0})");

    public string SearchesAgain(int number, int most, string query) => Zh
        ? Invariant($"再次檢索（{number}/{most}）：{query}") : Invariant($"Searches again ({number} of {most}): {query}");

    public string FoundMore(int count) => (Zh, count) switch
    {
        (true, 0) => "沒有找到新的段落",
        (true, _) => Invariant($"另外找到 {count} 個段落"),
        (false, 0) => "Found nothing new",
        (false, 1) => "Found 1 more passage",
        _ => Invariant($"Found {count} more passages"),
    };

    public string WithoutSearches => Zh
        ? "此模型不接受函式，僅根據已找到的段落回答。" : "The model takes no functions; it answers from what was found.";

    public string Answers(string engine) => Zh ? $"{engine} 開始回答..." : $"{engine} begins to answer…";

    /// <summary>What is said while retrieval takes its time.</summary>
    public PulseOptions Retrieval => Going(Zh ? "RAG檢索" : "Retrieval") with
    {
        Steps = Zh
            ? ["📡 連接向量資料庫...", "🧮 生成查詢向量...", "🔎 搜索相似內容..."]
            : ["📡 Asking for the passages' vectors…", "🧮 Making the query's vector…", "🔎 Searching for what is near…"],
        To = 0.98,
    };

    /// <summary>What is said while an answer is written.</summary>
    public PulseOptions Generation => Going(Zh ? "LLM推理" : "The answer") with
    {
        Steps = (Zh, verse) switch
        {
            (true, true) => ["🧠 載入語言模型...", "📖 分析籤詩內容..."],
            (true, false) => ["🧠 載入語言模型...", "📖 分析段落內容..."],
            (false, true) => ["🧠 Waiting for the language model…", "📖 Reading the verse…"],
            _ => ["🧠 Waiting for the language model…", "📖 Reading the passages…"],
        },
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

    // From 0.7 of the usual time on it is called late, as those who come from there know it.
    private PulseOptions Going(string what) => Zh
        ? new PulseOptions
        {
            Early = $"🚀 {what} 進行中... (剛開始)",
            Middle = $"⚡ {what} 進行中... (進展順利)",
            Late = $"⏰ {what} 進行中... (比預期稍長)",
            Overdue = $"⏰ {what} 進行中... (比預期稍長)",
        }
        : new PulseOptions
        {
            Early = $"🚀 {what} is under way… (just begun)",
            Middle = $"⚡ {what} is under way… (going well)",
            Late = $"⏰ {what} is under way… (a little longer than expected)",
            Overdue = $"⏰ {what} is under way… (a little longer than expected)",
        };

    private static string ZhName(string language) => language switch
    {
        "English" => "英文",
        "German" => "德文",
        "French" => "法文",
        "Spanish" => "西班牙文",
        "Italian" => "義大利文",
        "Portuguese" => "葡萄牙文",
        "Dutch" => "荷蘭文",
        "Japanese" => "日文",
        "Korean" => "韓文",
        _ => "中文",
    };

    private static string Named(string name) =>
        name.Split(' ') is ["number", var number] ? $"第 {number} 籤" : $"「{name}」";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
