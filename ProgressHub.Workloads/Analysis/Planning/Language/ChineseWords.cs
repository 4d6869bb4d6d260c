namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>The common Chinese words for what the grammar knows, in the traditional script.</summary>
internal static class ChineseWords
{
    private const string Superlatives =
        "最高=highest|最大=largest|最多=most|最低=lowest|最小=smallest|最少=fewest|最貴=most expensive|最便宜=cheapest|最年輕=youngest|最年長=oldest|最老=oldest|最舊=oldest|最重=heaviest|最輕=lightest|最長=longest|最短=shortest|最久=longest|最早=earliest|最先=first|最晚=latest|最新=latest|最後=last|" +
        "最快=fastest|最慢=slowest|最熱=hottest|最冷=coldest|最遠=farthest|最近=latest|最好=best|最佳=best|最差=worst|最常見=most common|最常=most common|最熱門=most popular|最受歡迎=most popular|最暢銷=best selling|賣最好=best selling|賣得最好=best selling|賣最多=best selling|賣得最多=best selling|比較高=highest|比較多=most|比較低=lowest|比較少=fewest|比較貴=most expensive|比較便宜=cheapest|較高=highest|較多=most|較低=lowest|較少=fewest|較貴=most expensive|較便宜=cheapest";

    private const string Statistics =
        "標準差=stdev|中位數=median|平均值=average|平均數=average|平均=average|總和=sum|總計=sum|合計=sum|總共=sum|加總=sum|一共=sum|共計=sum|全部加起來=sum|總=total|最大值=maximum|最小值=minimum|最高值=maximum|最低值=minimum|變異數=variance|" +
        "相關係數=correlation|相關性=correlation|相關=correlation|關係=correlation|波動率=volatility|波動性=volatility|波動=volatility|百分位數=percentile|百分位=percentile|累計=running total|累積=running total|成長率=growth rate|增長率=growth rate|成長=growth|變化=change|趨勢=trend|走勢=trend|" +
        "佔比=share|占比=share|比例=share|比率=share|百分比=percentage|百分之幾=percentage|百分之多少=percentage|相差=difference|差距=difference|差額=difference|差異=difference|相比=compared to|比較=compare|相較=compared to";

    private const string Groups =
        "每筆=per|每張=per|每次=per|每單=per order|每月=by month|每個月=by month|每年=by year|每日=by day|每天=by day|每週=by week|每季=by quarter|各月=by month|各年=by year|各季=by quarter|按月=by month|按年=by year|依月=by month|依年=by year|每個=by|每一個=by|每位=by|每間=by|每家=by|每種=by|每人=per person|每=by|各個=by|各=by|按照=by|按=by|依照=by|依據=by|依=by|根據=by|分別=|" +
        "哪些=which|哪個=which|哪一=which|哪=which|前=top|列出=list|顯示=show|找出=list|所有=all|全部=all|不同=different|不重複=different|什麼=what|甚麼=what|誰=who|何時=when|什麼時候=when|哪裡=where|排名=rank|排序=rank|由高到低=highest to lowest|從高到低=highest to lowest|由低到高=lowest to highest|從低到高=lowest to highest|由多到少=most to least|由大到小=largest to smallest";

    private const string Conditions =
        "大於等於=at least|大於或等於=at least|不低於=at least|不少於=at least|不小於=at least|至少=at least|大於=above|高於=above|超過=above|多於=above|高過=above|小於等於=at most|小於或等於=at most|不超過=at most|不大於=at most|不高於=at most|不多於=at most|至多=at most|小於=below|低於=below|少於=below|不到=below|不足=below|未滿=below|" +
        "以上=or more|以下=or less|介於=between|之間=|等於=equals|不等於=is not|不是=is not|並非=is not|不在=not in|不含=excluding|不包括=excluding|不包含=excluding|排除=excluding|扣除=excluding|除了=except|以外=|之外=|沒有=without|沒=without|缺少=without|缺=without|非=not|未填寫=missing|未填=missing|未=not|空白=missing|空的=missing|缺失=missing|遺漏=missing|缺值=missing|從未=never|從來沒有=never|" +
        "是=is|為=is|在=in|於=in|和=and|與=and|及=and|以及=and|跟=and|、=,|或者=or|或是=or|還是=or|或=or|且=and|而且=and|並且=and|同時=and|又=and|比=than|從=from|到=to|至=to|包含=contains|含有=contains|開頭=starting with|結尾=ending with|乘以=times|乘=times|除以=divided by|加上=plus|減去=minus|減=minus|" +
        "超出=above|高出=above|男性=men|男生=men|男士=men|女性=women|女生=women|女士=women|週末=weekend|平日=weekdays|星期幾=weekday|分鐘=minutes|小時=hours|公斤=kg|公克=g|公里=km|公尺=m|公分=cm|天=days|歲=|元=|塊錢=|塊=|度=|坪=|人=rows|筆=rows|資料=rows|記錄=rows|紀錄=rows|筆數=how many rows|行數=how many rows|多少行=how many rows|多少錢=how much|多少=how many|" +
        "股票=stock|個股=stock|收盤價=close|開盤價=open|最高價=high|最低價=low|成交量=volume|產業=sector";

    // What bears no meaning; what may stand for a word that does is not in it.
    private const string Fillers = "有沒有=are there|發布=published|發佈=published|出版=published|上架=listed|時段=|期間=|集數=how many episodes|是否有=are there|是不是=is|過=|請=|幫我=|麻煩=|一下=|我想知道=|想知道=|告訴我=|查詢=|目前=|當中=|其中=|之中=|裡面=|裡=|中=|的=|了=|呢=|嗎=|啊=|吧=|年=|個=|有=|們=|共=|數=|時=|者=|被=|所=|有幾=how many|發生=|進行=|購買=bought|買=bought|賣出=sold|售出=sold|賣=sold|銷售=sale|花費=spent|花=spent|賺=earn|來自=from|使用=used|用=|住=|叫=|屬於=|供應=supply|提供=provide";

    private static readonly Dictionary<string, string> Phrases = string.Join('|', Superlatives, Statistics, Groups, Conditions, Fillers).Split('|')
        .Select(e => e.Split('=')).DistinctBy(e => e[0]).ToDictionary(e => e[0], e => e[1], StringComparer.Ordinal);

    private static readonly int Longest = Phrases.Keys.Max(p => p.Length);

    /// <summary>The longest word at a place and its English, which may be nothing; null where none is.</summary>
    public static (int Length, string English)? At(string text, int at)
    {
        var phrase = LengthAt(text, at);
        if (ChineseNouns.At(text, at) is { } noun && noun.Length > phrase)
            return noun;
        return phrase > 0 ? (phrase, Phrases[text.Substring(at, phrase)]) : null;
    }

    /// <summary>How long the longest word of the grammar at a place is; 0 where none is.</summary>
    public static int LengthAt(string text, int at)
    {
        for (var length = Math.Min(Longest, text.Length - at); length > 0; length--)
        {
            if (Phrases.ContainsKey(text.Substring(at, length)))
                return length;
        }

        return 0;
    }
}
