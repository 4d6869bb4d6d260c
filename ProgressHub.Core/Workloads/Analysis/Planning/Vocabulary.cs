using System.Collections.Frozen;
using System.Text;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>The words that the rules know, as stems.</summary>
internal static class Vocabulary
{
    public static readonly FrozenSet<string> Top = Set("highest", "most", "largest", "biggest", "top", "best", "greatest", "strongest");
    public static readonly FrozenSet<string> Bottom = Set("lowest", "least", "smallest", "bottom", "worst", "fewest", "weakest");
    public static readonly FrozenSet<string> Volatility = Set("volatility", "volatile");
    public static readonly FrozenSet<string> Correlation = Set("correlation", "correlate", "correlated", "relationship");
    public static readonly FrozenSet<string> Trend = Set("trend", "evolve", "evolution", "history", "develop", "development");
    public static readonly FrozenSet<string> Average = Set("average", "mean", "avg", "typical");
    public static readonly FrozenSet<string> Sum = Set("sum", "total", "altogether");
    public static readonly FrozenSet<string> Maximum = Set("maximum", "max");
    public static readonly FrozenSet<string> Minimum = Set("minimum", "min");
    public static readonly FrozenSet<string> Spread = Set("stdev", "stddev", "deviation", "spread");
    public static readonly FrozenSet<string> Distinct = Set("distinct", "unique", "different");
    public static readonly FrozenSet<string> Group = Set("by", "per", "each", "every", "across", "among");
    public static readonly FrozenSet<string> Rows = Set("row", "record", "entry", "line");
    public static readonly FrozenSet<string> List = Set("list", "show", "display", "give", "find");
    public static readonly FrozenSet<string> Above = Set("above", "over", "exceeding", "greater", "more", "higher", "larger", ">", ">=");
    public static readonly FrozenSet<string> Below = Set("below", "under", "less", "lower", "smaller", "fewer", "<", "<=");

    /// <summary>Quantities that add up; of other numbers, such as prices, the mean is meant.</summary>
    public static readonly FrozenSet<string> AddUp = Set(
        "sale", "revenue", "turnover", "amount", "quantity", "qty", "volume", "cost", "expense", "profit", "unit", "count",
        "total", "income", "spend", "order", "visit", "view", "click", "download", "population", "budget", "paid", "sold");

    /// <summary>Numbers that are names.</summary>
    public static readonly FrozenSet<string> Identifiers = Set("id", "code", "zip", "postcode", "phone", "number", "no", "index", "year", "month", "day");

    /// <summary>Words that mean no column whatever they resemble.</summary>
    public static readonly FrozenSet<string> Small = Set(
        "a", "an", "the", "of", "in", "on", "at", "to", "and", "or", "is", "are", "was", "were", "be", "has", "have", "had",
        "do", "doe", "did", "what", "which", "who", "whose", "when", "where", "how", "many", "much", "for", "from", "with",
        "that", "than", "me", "there", "it", "its", "their", "this", "all", "not", "between", "since", "until", "before",
        "after", "during", "tell", "want", "know", "about", "any", "some", "get", "see", "calculate", "compute", "our", "my", "table",
        "dataset", "column", "question", "like", "per", "only", "trading", "company", "he", "she", "they", "your", "would", "as", "us", "can", "you", "please", "number", "time", "value", "highest", "then", "will", "i");

    private static readonly FrozenSet<string> Known = Set(
    [
        .. Top, .. Bottom, .. Volatility, .. Correlation, .. Trend, .. Average, .. Sum, .. Maximum, .. Minimum, .. Spread, .. Distinct,
        .. Group, .. Rows, .. List, .. Above, .. Below, .. Small, "median", "related", "standard", "count", "frequency", "daily", "weekly",
        "monthly", "quarterly", "yearly", "annual", "annually", "till", "through", "equal", "contain", "include", "except", "excluding",
        "without", "compare", "comparison", "versus", "vs", "first", "limit", "everything", "data",
    ]);

    private static readonly string[][] Alike =
    [
        ["stock", "ticker", "symbol", "instrument", "share", "security", "equity"],
        ["price", "close", "open", "high", "low", "quote"],
        ["revenue", "sale", "turnover", "amount"],
        ["quantity", "qty", "unit"],
        ["date", "day", "timestamp", "datetime"],
        ["region", "area", "territory"],
        ["category", "type", "kind", "class"],
        ["sector", "industry"],
        ["customer", "client", "buyer"],
        ["cost", "expense", "spend"],
        ["employee", "staff", "worker"],
        ["salary", "wage", "pay"],
        ["country", "nation"],
        ["city", "town"],
        ["product", "item", "article"],
    ];

    private static readonly (string From, string To)[] Chinese =
    [
        ("最高", "highest"), ("最大", "highest"), ("最多", "most"), ("最低", "lowest"), ("最小", "lowest"), ("最少", "fewest"),
        ("標準差", "stdev"), ("標准差", "stdev"), ("中位數", "median"), ("平均值", "average"), ("平均", "average"),
        ("總和", "sum"), ("總計", "sum"), ("合計", "sum"), ("總共", "sum"), ("加總", "sum"),
        ("多少筆", "how many rows"), ("幾筆", "how many rows"), ("筆數", "count rows"), ("數量", "count"), ("有多少", "how many"),
        ("波動率", "volatility"), ("波動性", "volatility"), ("波動", "volatility"), ("相關性", "correlation"), ("相關", "correlation"),
        ("趨勢", "trend"), ("走勢", "trend"), ("每月", "by month"), ("每年", "by year"), ("每日", "by day"), ("每天", "by day"),
        ("每週", "by week"), ("每季", "by quarter"), ("每個", "by"), ("各", "by"), ("按", "by"), ("依", "by"), ("前", "top"),
        ("哪些", "which"), ("哪個", "which"), ("哪支", "which"), ("哪隻", "which"), ("股票", "stock"), ("個股", "stock"),
        ("收盤價", "close"), ("開盤價", "open"), ("最高價", "high"), ("最低價", "low"), ("成交量", "volume"), ("價格", "price"),
        ("日期", "date"), ("產業", "sector"), ("大於", "above"), ("高於", "above"), ("超過", "above"), ("小於", "below"),
        ("低於", "below"), ("的", " "), ("年", " "),
    ];

    /// <summary>The words a column may go by instead of this one.</summary>
    public static IEnumerable<string> LikeWord(string stem) => Alike.Where(a => a.Contains(stem, StringComparer.Ordinal)).SelectMany(a => a);

    /// <summary>Whether the rules make something of a word, or may pass over it.</summary>
    public static bool IsKnown(string stem) => Known.Contains(stem);

    /// <summary>The common Chinese words for what the rules know, in English; the longest first.</summary>
    public static string ToEnglish(string text)
    {
        if (!text.Any(c => c >= '\u3400'))
            return text;
        var english = new StringBuilder(text);
        foreach (var (from, to) in Chinese.OrderByDescending(c => c.From.Length))
            english.Replace(from, $" {to} ");
        return english.ToString();
    }

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
