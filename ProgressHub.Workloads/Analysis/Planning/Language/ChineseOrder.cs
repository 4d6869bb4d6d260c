using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>
/// Puts what Chinese says in another order than English, or with a counter, into the order and words that the grammar reads:
/// 2024年3月以前, 有幾個部門, 金額最高的三筆, 女性的比例. Own words of the table are private characters here.
/// </summary>
internal static partial class ChineseOrder
{
    private const string Counter = "(?:個|種|家|間|位|名|類|款|項|張|支|台|輛|部|本|所|座|場|檔|隻|只|件|次|筆|人|條|杯|份|天|集|班|封|通|首|棵|篇|堂|則|趟|起|枚|面|戶|桌|株)";
    private const string Numeral = "[一二兩三四五六七八九十百千萬億]";
    private static readonly string[] Months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>The text in order; what is not put in order stays as it is.</summary>
    /// <param name="text">The question in the traditional script.</param>
    /// <param name="isOfPeople">Whether the rows are people, whatever the question calls them.</param>
    public static string Of(string text, bool isOfPeople)
    {
        text = Spaces().Replace(text, " ").Replace('。', '.').Replace('「', '"').Replace('」', '"');
        if (isOfPeople)
            text = PeopleOf(text);
        text = Times(Numbers(Weekday().Replace(text, m => $" {Day(m.Groups[1].Value[0])} ")));
        text = Already().Replace(Sort().Replace(text, "$1"), "");
        text = Minus().Replace(text, "$1減$2");
        text = ByDifference().Replace(text, m => $" 列出 前 {m.Groups[3].Value} {m.Groups[4].Value} by {m.Groups[1].Value} {(m.Groups[2].Value is "大" or "高" or "多" ? "由高到低" : "由低到高")} ");
        text = CountedThings().Replace(text, m => ChineseNouns.At(m.Groups[1].Value, 0) is { } noun && noun.Length == m.Groups[1].Length ? $" how many different {m.Groups[1].Value} " : m.Value);
        text = Asked(text);
        return Shares(Differences(text));
    }

    private static string PeopleOf(string text)
    {
        foreach (var who in ChineseNouns.PeopleWords)
            text = text.Replace(who, " 人 ", StringComparison.Ordinal);
        return text;
    }

    private static string Numbers(string text)
    {
        text = Large().Replace(text, m => (double.Parse(m.Groups[1].Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * m.Groups[2].Value switch { "億" => 1e8, "百萬" => 1e6, "萬" => 1e4, _ => 1e3 }).ToString("R", CultureInfo.InvariantCulture));
        text = Written().Replace(text, m => m.Groups[1].Value + Value(m.Groups[2].Value).ToString(CultureInfo.InvariantCulture));
        text = Nth().Replace(text, m => $" {Ordinal(m.Groups[1].Value)}{m.Groups[2].Value switch { "低" or "小" => " 最低", "少" => " 最少", "便宜" => " 最便宜", "貴" => " 最貴", "多" => " 最多", _ => " 最高" }}");
        text = Points().Replace(text, "$1 ");
        text = Percentile().Replace(text, m => $" {m.Groups[1].Value}th percentile ");
        text = MostFirst().Replace(text, "$1 $2 ");
        text = TopOf().Replace(text, m => $" 前 {m.Groups[1].Value} ");
        return HighestOf().Replace(text, m => $"{m.Groups[1].Value} {m.Groups[2].Value} ");
    }

    private static string Ordinal(string digits) => digits switch { "1" => "1st", "2" => "2nd", "3" => "3rd", _ => $"{digits}th" };

    private static long Value(string numeral)
    {
        var (total, section, digit) = (0L, 0L, 0L);
        foreach (var c in numeral)
        {
            var unit = c switch { '十' => 10, '百' => 100, '千' => 1000, '萬' => 10_000, '億' => 100_000_000, _ => 0 };
            if (unit == 0)
                digit = c == '兩' ? 2 : "一二三四五六七八九".IndexOf(c, StringComparison.Ordinal) + 1;
            else if (unit < 10_000)
                (section, digit) = (section + (Math.Max(digit, 1) * unit), 0);
            else
                (total, section, digit) = (total + (Math.Max(section + digit, 1) * unit), 0, 0);
        }

        return total + section + digit;
    }

    private static string Times(string text)
    {
        text = FullDay().Replace(text, "⟦$1-$2-$3⟧");
        text = MonthOfYear().Replace(text, "⟦$1-$2⟧");
        text = QuarterOfYear().Replace(text, m => $"⟦Q{m.Groups[2].Value} {m.Groups[1].Value}⟧");
        text = HalfOfYear().Replace(text, m => $"⟦H{(m.Groups[2].Value == "上" ? 1 : 2)} {m.Groups[1].Value}⟧");
        text = Year().Replace(text, "⟦$1⟧");
        text = Quarter().Replace(text, " Q$1 ");
        text = Lately().Replace(text, m => $" last {m.Groups[1].Value} {Step(m.Groups[2].Value)} ");
        text = Month().Replace(text, m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) is >= 1 and <= 12 and var month ? $"⟦{Months[month - 1]}⟧" : m.Value);
        text = FromTo().Replace(text, " from $1 to $2 ");
        text = Before().Replace(text, " before $1 ");
        text = After().Replace(text, " after $1 ");
        text = Since().Replace(text, " since $1 ");
        return text.Replace("⟦", " in ", StringComparison.Ordinal).Replace("⟧", " ", StringComparison.Ordinal).Replace("在 in", "in", StringComparison.Ordinal);
    }

    private static string Step(string unit) => unit switch { "年" => "years", "天" or "日" => "days", "週" or "星期" => "weeks", "季" => "quarters", _ => "months" };

    private static string Day(char day) => day switch { '一' => "Monday", '二' => "Tuesday", '三' => "Wednesday", '四' => "Thursday", '五' => "Friday", '六' => "Saturday", _ => "Sunday" };

    // What is counted or asked for, with its counter.
    private static string Asked(string text)
    {
        // "賣了幾杯" is of the quantity, and of no rows.
        text = (Sold().IsMatch(text) ? HowManyGoods() : HowManyCups()).Replace(text, " how many quantity ");
        text = Either().Replace(text, " which $3 $1或$2 ");
        // "Whose salary is the highest" and "the highest salary is whose" are one question.
        if (WhoAtEnd().Match(text) is { Success: true } who)
            text = $" 誰 {text.Remove(who.Index, who.Length)}";
        text = WhichAtEnd().Replace(text, " ");
        text = HowManyDays().Replace(text, m => $" how many {(m.Groups[1].Value == "天" ? "days" : "months")} ");
        text = WhichTime().Replace(text, m => $" which {m.Groups[1].Value switch { "天" or "日" => "day", "年" => "year", "季" => "quarter", "週" => "week", _ => "month" }} ");
        text = WhichOf().Replace(text, m => $" which {m.Groups[1].Value} ");
        text = HowManyOf().Replace(text, " how many different $1 ");
        text = HowManyRows().Replace(text, " how many rows ");
        text = HowManyNoun().Replace(text, " how many ");
        // "總銷售額是多少" is of what stands before it.
        text = IsWhat().Replace(text, " ");
        return Exist().Replace(text, " list different $1 ");
    }

    // "台北店的訂單中, 退貨的比例": of those in Taipei the share that is.
    private static string Shares(string text)
    {
        var share = Share().Match(text);
        if (!share.Success || By().IsMatch(text))
            return text;
        var rest = text.Remove(share.Index, share.Length);
        var among = Among().Match(rest);
        return among.Success
            ? $" what percentage of {rest[..among.Index]} rows are {rest[(among.Index + among.Length)..]}"
            : $" percentage of {(Enumerable.Range(0, rest.Length).Any(i => ChineseNouns.At(rest, i) is not null) ? "" : "rows ")}{Taken().Replace(rest, " ")}";
    }

    private static string Differences(string text) => More().Replace(text, " difference ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    // "已停產": a state that the table has.
    [GeneratedRegex("已經?(?=[\uE000-\uEFFF])")]
    private static partial Regex Already();

    // "文具類商品".
    [GeneratedRegex("([\uE800-\uEFFF])類(?!別|型)")]
    private static partial Regex Sort();

    [GeneratedRegex("([\uE000-\uE7FF])\\s*(?:減去?|與|和|跟)\\s*([\uE000-\uE7FF])\\s*的?(?:差額|差距|差異|相差|差)")]
    private static partial Regex Minus();

    [GeneratedRegex("([\uE000-\uE7FF]減[\uE000-\uE7FF])的?最([大高多小低少])\\s*(?:的)?\\s*前?\\s*(\\d+)\\s*" + Counter + "?\\s*([\uE000-\uE7FF])")]
    private static partial Regex ByDifference();

    // "低於安全庫存的商品有幾項".
    [GeneratedRegex("的(\\p{Lo}{2,3}?)(?:總共|一共|共)?有?(?:多少|幾)(?:個|種|家|間|類|款|項|支|台|部|本|件)")]
    private static partial Regex CountedThings();

    [GeneratedRegex("(?:週|星期|禮拜)([一二三四五六日天])")]
    private static partial Regex Weekday();

    [GeneratedRegex(@"(\d[\d,]*(?:\.\d+)?)\s*(百萬|億|萬|千)")]
    private static partial Regex Large();

    [GeneratedRegex("(前|第|超過|大於|高於|低於|小於|少於|多於|至少|至多|不到|未滿|過去|最近|滿)(" + Numeral + "+)|(?<![哪每任同第另])(?<1>)(?<2>" + Numeral + "+)(?=[個名筆位項家間種件天年月歲次人元季]|分(?!之))")]
    private static partial Regex Written();

    [GeneratedRegex(@"第(\d+)(?:個)?(高|低|大|小|多|少|貴|便宜)")]
    private static partial Regex Nth();

    [GeneratedRegex(@"(\d)\s*(?:分(?![鐘之])|顆星|星(?!期))")]
    private static partial Regex Points();

    [GeneratedRegex("[賣售買銷]")]
    private static partial Regex Sold();

    [GeneratedRegex("有?(?:多少|幾)(?:杯|份|件|瓶|包|盒|碗|塊|片|顆|個|張|本|支|組)(?:商品|產品|飲料)?(?=\\s*[?.,]|\\s*$)")]
    private static partial Regex HowManyGoods();

    [GeneratedRegex("有?(?:多少|幾)(?:杯|瓶|包|盒|碗)")]
    private static partial Regex HowManyCups();

    [GeneratedRegex(@"第?(\d+)(?:個)?百分位數?")]
    private static partial Regex Percentile();

    [GeneratedRegex(@"(最[高低大小多少貴長短重輕快慢]|最便宜|最年輕|最老)(?:的)?\s*前\s*(\d+)\s*(?:大|" + Counter + ")?(?:的)?")]
    private static partial Regex MostFirst();

    [GeneratedRegex(@"前\s*(\d+)\s*(?:大|高|" + Counter + ")?(?:的)?")]
    private static partial Regex TopOf();

    [GeneratedRegex(@"(最[高低大小多少貴長短重輕快慢]|最便宜|最年輕|最老)(?:的)?\s*(\d+)\s*" + Counter)]
    private static partial Regex HighestOf();

    [GeneratedRegex(@"(\d{4})\s*[年/.-]\s*(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*[日號]?")]
    private static partial Regex FullDay();

    [GeneratedRegex(@"(\d{4})\s*年\s*(\d{1,2})\s*月(?:份)?|(?<![\d⟦-])(?<1>\d{4})[-/](?<2>\d{1,2})(?![\d-])")]
    private static partial Regex MonthOfYear();

    [GeneratedRegex(@"(\d{4})\s*年?\s*第?\s*([1-4])\s*季(?:度)?")]
    private static partial Regex QuarterOfYear();

    [GeneratedRegex(@"(\d{4})\s*年?\s*(上|下)半年")]
    private static partial Regex HalfOfYear();

    [GeneratedRegex(@"(?<![\d⟦-])((?:19|20)\d{2})\s*年(?:度)?")]
    private static partial Regex Year();

    [GeneratedRegex(@"第?([1-4])季(?:度)?")]
    private static partial Regex Quarter();

    [GeneratedRegex(@"(?:最近|過去|近)(?:的)?\s*(\d+)\s*個?(年|月|天|日|週|星期|季)")]
    private static partial Regex Lately();

    [GeneratedRegex(@"(?<![\d⟦-])(\d{1,2})\s*月(?:份)?")]
    private static partial Regex Month();

    [GeneratedRegex("(?:從|自)?⟦([^⟧]*)⟧\\s*(?:到|至|~|-)\\s*⟦([^⟧]*)⟧(?:為止|之間|期間|間)?")]
    private static partial Regex FromTo();

    [GeneratedRegex("⟦([^⟧]*)⟧\\s*(?:以前|之前|前)")]
    private static partial Regex Before();

    [GeneratedRegex("⟦([^⟧]*)⟧\\s*(?:以後|之後|後)")]
    private static partial Regex After();

    [GeneratedRegex("(?:從|自)?⟦([^⟧]*)⟧\\s*(?:起|以來|開始)")]
    private static partial Regex Since();

    [GeneratedRegex("(?:是|在)?(?:哪一?個?(天|日|年(?!級)|月|季|週)|幾(?<1>月))(?:份)?")]
    private static partial Regex WhichTime();

    [GeneratedRegex(@"哪\s*(\d*)\s*一?" + Counter)]
    private static partial Regex WhichOf();

    [GeneratedRegex("(?:總共|一共|共)?有?\\s*(?:多少|幾)(?:個|種|家|間|位|名|類|款|項|張|支|台|輛|部|本|所|座|場|檔|隻|集|班|封|通|首|棵|篇|堂|則|趟|起|枚|面|戶|桌|株)(?:不同|不重複)?的?\\s*([\uE000-\uE7FF])")]
    private static partial Regex HowManyOf();

    [GeneratedRegex("(?:總共|一共|共)?有?\\s*(?:多少|幾)" + Counter + "(?:資料|紀錄|記錄|人)?|(?:訂單|交易|商品|比賽|案件|人|筆|次|件|個|單)\\s*(?:數量|數目|數)")]
    private static partial Regex HowManyRows();

    [GeneratedRegex("([\uE800-\uEFFF])(?:和|與|跟|還是|或|,|、)([\uE800-\uEFFF])(?:相比)?,?\\s*(?:哪一?" + Counter + "|誰)([^?]*)")]
    private static partial Regex Either();

    [GeneratedRegex("(?:的)?\\s*(?:人)?\\s*是誰(?=\\s*\\?*\\s*$)")]
    private static partial Regex WhoAtEnd();

    [GeneratedRegex("(?:是|為)?哪一?" + Counter + "(?=\\s*\\?*\\s*$)")]
    private static partial Regex WhichAtEnd();

    [GeneratedRegex("有?\\s*(?:多少|幾)(天|個月)")]
    private static partial Regex HowManyDays();

    [GeneratedRegex("(?:總共|一共|共)有(?:多少|幾)")]
    private static partial Regex HowManyNoun();

    [GeneratedRegex("(?:分別)?(?:各)?(?:是|為|有)(?:多少|什麼|甚麼|幾)(?:元|錢|分|歲|天|度|公斤|公里|小時|分鐘)?|(?<=[\uE000-\uE7FF平均總和中位數]\\s*)多少(?:元|錢)?")]
    private static partial Regex IsWhat();

    [GeneratedRegex("^\\s*有(?:哪些|什麼|甚麼)(?:不同)?的?\\s*([\uE000-\uE7FF])|^\\s*(?<1>[\uE000-\uE7FF])有(?:哪些|什麼|甚麼|哪幾種)")]
    private static partial Regex Exist();

    [GeneratedRegex("的?(?:佔比|占比|比例|比率|百分比|百分之幾)(?:是多少|為何|多少)?|[佔占](?:所有|全部|全體|總|整體)?[^\uE000-\uEFFF,?]{0,6}(?:的)?(?:多少)?(?:百分之幾|百分之多少|百分比|比例|幾成)(?:是多少)?")]
    private static partial Regex Share();

    [GeneratedRegex("by |各|每|依|按|占比.*by")]
    private static partial Regex By();

    [GeneratedRegex("(?:的)?(?:人|訂單|資料|紀錄|商品|產品|案件|rows|\\s)*(?:當中|之中|其中|裡面|裡|中)\\s*,?\\s*(?:有)?")]
    private static partial Regex Among();

    [GeneratedRegex("(?:人|資料|紀錄)(?=\\s*$|\\s*\\?)")]
    private static partial Regex Taken();

    [GeneratedRegex("(?<!最)(?:相差|差距|差|多|高|貴|少|低)(?:了)?(?:多少|幾)(?:元|錢|歲|分|公斤)?")]
    private static partial Regex More();
}
