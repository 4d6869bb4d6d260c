using System.Text;

namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>The common Chinese words for what the grammar knows, in both scripts.</summary>
internal static class Chinese
{
    private static readonly (string From, string To)[] Phrases =
    [
        .. new (string, string)[]
        {
            ("最高", "highest"), ("最大", "highest"), ("最多", "most"), ("最低", "lowest"), ("最小", "lowest"), ("最少", "fewest"),
            ("標準差", "stdev"), ("標准差", "stdev"), ("标准差", "stdev"), ("中位數", "median"), ("中位数", "median"),
            ("平均值", "average"), ("平均", "average"), ("總和", "sum"), ("总和", "sum"), ("總計", "sum"), ("总计", "sum"), ("合計", "sum"),
            ("合计", "sum"), ("總共", "sum"), ("总共", "sum"), ("加總", "sum"), ("總", "sum"), ("总", "sum"),
            ("有多少筆", "how many rows"), ("有多少条", "how many rows"), ("多少筆", "how many rows"), ("多少条", "how many rows"), ("多少行", "how many rows"), ("幾筆", "how many rows"), ("几条", "how many rows"),
            ("筆數", "how many rows"), ("行数", "how many rows"), ("記錄", "rows"), ("记录", "rows"), ("有多少", "how many"), ("多少", "how many"),
            ("波動率", "volatility"), ("波动率", "volatility"), ("波動性", "volatility"), ("波動", "volatility"), ("波动", "volatility"),
            ("相關性", "correlation"), ("相关性", "correlation"), ("相關", "correlation"), ("趨勢", "trend"), ("趋势", "trend"), ("走勢", "trend"), ("走势", "trend"),
            ("每月", "by month"), ("每年", "by year"), ("每日", "by day"), ("每天", "by day"), ("每週", "by week"), ("每周", "by week"), ("每季", "by quarter"),
            ("每個", "by"), ("每个", "by"), ("各個", "by"), ("各个", "by"), ("各", "by"), ("按", "by"), ("依", "by"), ("前", "top"),
            ("哪些", "which"), ("哪個", "which"), ("哪个", "which"), ("哪支", "which"), ("哪隻", "which"), ("哪只", "which"),
            ("股票", "stock"), ("個股", "stock"), ("收盤價", "close"), ("收盘价", "close"), ("開盤價", "open"), ("开盘价", "open"),
            ("最高價", "high"), ("最高价", "high"), ("最低價", "low"), ("最低价", "low"), ("成交量", "volume"), ("產業", "sector"), ("产业", "sector"),
            ("大於", "above"), ("大于", "above"), ("高於", "above"), ("高于", "above"), ("超過", "above"), ("超过", "above"),
            ("小於", "below"), ("小于", "below"), ("低於", "below"), ("低于", "below"), ("不是", "is not"), ("等於", "equals"), ("等于", "equals"),
            ("是", "is"), ("有", " "), ("的", " "), ("在", "in"), ("年", " "), ("和", "and"), ("與", "and"), ("与", "and"), ("或", "or"), ("嗎", " "), ("吗", " "),
            ("個", " "), ("个", " "), ("列出", "list"), ("顯示", "show"), ("显示", "show"), ("所有", "all"), ("不同", "different"), ("什麼", "what"), ("什么", "what"),
        }.OrderByDescending(p => p.Item1.Length),
    ];

    // What a column may be called in English; only where the table has no such column itself.
    private static readonly (string From, string To)[] Names =
        [("價格", "price"), ("价格", "price"), ("日期", "date"), ("數量", "quantity"), ("数量", "quantity")];

    /// <summary>A question with its Chinese words in English, but for the table's own.</summary>
    /// <param name="text">The question.</param>
    /// <param name="own">What the table calls things: its names and values.</param>
    public static string ToEnglish(string text, IReadOnlyCollection<string> own)
    {
        if (!text.Any(c => c >= '\u3400'))
            return text;
        var kept = own.Where(o => o.Length > 0 && o.Any(c => c >= '\u3400')).OrderByDescending(o => o.Length).ToList();
        var english = new StringBuilder();
        for (var i = 0; i < text.Length;)
        {
            var at = text[i..];
            if (kept.Find(o => at.StartsWith(o, StringComparison.OrdinalIgnoreCase)) is { } name)
            {
                english.Append(' ').Append('"').Append(name).Append('"').Append(' ');
                i += name.Length;
            }
            else if (Phrases.Concat(Names).FirstOrDefault(p => at.StartsWith(p.From, StringComparison.Ordinal)) is { From: not null } phrase)
            {
                english.Append(' ').Append(phrase.To).Append(' ');
                i += phrase.From.Length;
            }
            else
            {
                english.Append(text[i++]);
            }
        }

        return english.ToString();
    }
}
