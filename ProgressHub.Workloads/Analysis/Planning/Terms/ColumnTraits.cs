using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>What a column's name and type say of how it may be used.</summary>
internal static class ColumnTraits
{
    private static readonly FrozenSet<string> Identifiers = Set("id uuid guid code zip postcode phone sku nr no isbn ean key fax iban");

    // Quantities that add up; of other numbers, such as prices, the mean is meant.
    private static readonly FrozenSet<string> AddUp = Set(
        "sale revenue turnover amount quantity qty volume cost expense profit unit count total income spend order visit view click download " +
        "population budget paid sold session pageview user consumption rain rainfall precipitation snow snowfall sunshine goal deal purchase visitor passenger " +
        "hour minute loss export import production output emission donation payment point case death birth sunshine kwh call ticket absence sick bill charge seat capacity vote ballot attempt comment attendance yield harvest downtime hectare pack piece copy bottle box seat visitor adult child fault group guest person member student pupil patient customer participant attendee inhabitant fuel toll water m3 electricity pallet parcel carton container quantité montant vente nombre cantidad importe venta quantità importo vendita aantal bedrag " +
        "umsatz betrag menge anzahl kosten summe gewinn verbrauch einnahmen ausgaben 金额 金額 数量 數量 销售额 銷售額 营业额 營業額 销量 銷量 成本 利润 利潤 收入");

    private static readonly FrozenSet<string> Intensive = Set(
        "price rate ratio avg average mean percent pct percentage temperature temp score rating age index salary wage discount speed humidity pressure " +
        "prix precio prezzo prijs preis einzelpreis stückpreis alter temperatur bewertung gehalt 单价 單價 价格 價格 年龄 年齡 评分 評分 温度 溫度 " +
        "height level grade mark gpa satisfaction happiness experience wind gust latitude longitude margin tax duration length median max min size width depth tenure year altitude stars share");

    private static readonly FrozenSet<string> Units = Set(
        "musd meur kusd keur kwh kw mwh mw gwh gw twh kt wh eur euro usd gbp dollar pct percent sec second ms min minute hr hrs hour kg g lb km m cm mm mile c f celsius deg l ml hpa mb t ha sqm sqft chf jpy cny sek franc kmh kph mph day week ton mile");

    /// <summary>The name's parts, as stems.</summary>
    public static IReadOnlyList<string> Parts(this TableColumn column) => QuestionWords.NameParts(column.Name);

    /// <summary>The name's parts without a unit at its end: <c>cost</c> of cost_eur.</summary>
    public static IReadOnlyList<string> BareParts(this TableColumn column) =>
        column.Parts() is [_, .., var last] && Units.Contains(last) ? [.. column.Parts().SkipLast(1)] : column.Parts();

    /// <summary>The unit its name ends with; null where it has none.</summary>
    public static string? UnitWord(this TableColumn column) => column.IsClock() ? "sec" : column.Unit?.ToLowerInvariant() is { } unit && UnitWords.IsUnit(unit) ? unit :
        column.Parts() is [_, .., var last] && Units.Contains(last) ? last
        : column is { Type: not ColumnType.Text } && column.Parts() is [{ Length: > 1 } only] && (only.Length > 2 ? UnitWords.IsTime(only) || only == "sqft" : only is "km" or "kg") && column.IsNumber ? only : null;

    /// <summary>Whether its values are names, though they may be numbers.</summary>
    public static bool IsIdentifier(this TableColumn column)
    {
        var parts = column.Parts();
        return parts.Count > 0 && !column.IsTime && (Identifiers.Contains(parts[^1]) || parts is ["id", ..] or [_, "number"]);
    }

    /// <summary>Whether it is a year, a month or a day as a number.</summary>
    public static bool IsCalendarNumber(this TableColumn column) =>
        column.IsNumber && column.Parts() is ["year"] or ["month"] or ["day"] or ["week"] or ["quarter"] or [_, "year"] && column.Min is { Length: 4 } || column.IsYears();

    /// <summary>Whether it is a number to compute with.</summary>
    public static bool IsMeasure(this TableColumn column) => column.IsClock() || column.IsNumber && !column.IsIdentifier() && !column.IsCalendarNumber();

    /// <summary>Whether it says yes or no, also as 1 and 0, or 1 and nothing.</summary>
    public static bool IsFlag(this TableColumn column) => column.Type == ColumnType.Boolean
        || (column is { Type: ColumnType.Whole, Max: "1", Distinct: <= 2 } && (column.Min == "0" || column is { Min: "1", Empty: > 0 }) && column.AddsUp() != true && !column.IsIdentifier());

    /// <summary>Whether it is a few whole numbers of a name that says neither total nor mean: a term, a floor, a rank.</summary>
    public static bool IsScale(this TableColumn column) => column.Type == ColumnType.Whole && (column.AddsUp() is null || column is { Distinct: <= 13 } && column.Parts() is ["grade" or "level"])
        && column.Min is { Length: 1 } && column.Max is { Length: <= 2 };

    /// <summary>Whether it tells things apart: a text, a boolean, an identifier or a calendar number.</summary>
    public static bool IsCategory(this TableColumn column) => !column.IsTime && !column.IsMeasure();

    /// <summary>Whether its values add up (true) or only their mean makes sense (false); null where its name does not say.</summary>
    public static bool? AddsUp(this TableColumn column)
    {
        // A date of birth is no number of births.
        if (column.IsTime || column.IsClock())
            return false;
        var parts = column.Parts();
        // Minutes at the end of a name are no minimum.
        var named = parts is [_, .., "min"] ? column.BareParts() : parts;
        if (column.Unit == "%" || named.Any(Intensive.Contains) && !(parts is ["total", ..] or ["sum", ..]))
            return false;
        if (parts.Any(AddUp.Contains))
            return true;
        return column.UnitWord() is "eur" or "usd" or "musd" or "meur" or "kusd" or "keur" or "gbp" or "kwh" or "euro" or "dollar" or "chf" or "jpy" or "cny" or "sek" or "t" ? true : null;
    }

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
