namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>Simplified characters that questions are written with, in the traditional script, each by itself.</summary>
internal static class ChineseScript
{
    private const string Simplified = "总额数单价销间个几过于条笔记录种类门员资岁龄级贵长轻热来这与没从对时并为会学师费产业开盘势动关标准请显给后国图线发还让谁两万亿号码称该们买卖场见达减积计统较龙职业务务户顾订购发货龄课题绩运费额润预测温湿风评满评价处医护诊断药库仓设备电话邮编语颜备注导议书阅归应间断续气降压车辆队赛进区县国籍铺团营收支";
    private const string Full = "總額數單價銷間個幾過於條筆記錄種類門員資歲齡級貴長輕熱來這與沒從對時並為會學師費產業開盤勢動關標準請顯給後國圖線發還讓誰兩萬億號碼稱該們買賣場見達減積計統較龍職業務務戶顧訂購發貨齡課題績運費額潤預測溫濕風評滿評價處醫護診斷藥庫倉設備電話郵編語顏備註導議書閱歸應間斷續氣降壓車輛隊賽進區縣國籍鋪團營收支";

    private static readonly Dictionary<char, char> Map = Simplified.Zip(Full).DistinctBy(p => p.First).ToDictionary(p => p.First, p => p.Second);

    /// <summary>Whether a text has Chinese characters.</summary>
    public static bool IsIn(string text) => text.Any(c => c is >= '\u3400' and <= '\u9FFF');

    /// <summary>A text in the traditional script; its length stays the same.</summary>
    public static string Traditional(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < source.Length; i++)
            span[i] = Map.TryGetValue(source[i], out var full) ? full : source[i];
    });
}
