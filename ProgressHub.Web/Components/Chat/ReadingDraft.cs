using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Web.Components.Chat;

/// <summary>What a person says of how a file is to be read, as the form has it: what they leave is found out.</summary>
internal sealed class ReadingDraft
{
    private readonly Dictionary<string, ColumnType> _types = new(StringComparer.Ordinal);
    private IReadOnlyList<ColumnReading> _said = [];

    public static IReadOnlyList<(string Value, string Label)> Delimiters { get; } =
        [("", UiText.Key("as found out")), (",", UiText.Key("comma")), (";", UiText.Key("semicolon")), ("\t", UiText.Key("tab")), ("|", UiText.Key("bar")), (":", UiText.Key("colon")), (" ", UiText.Key("space"))];

    public static IReadOnlyList<(DateOrder Value, string Label)> Orders { get; } =
        [(DateOrder.DayFirst, UiText.Key("day")), (DateOrder.MonthFirst, UiText.Key("month")), (DateOrder.YearFirst, UiText.Key("year"))];

    public string Delimiter { get; set; } = "";

    public string Encoding { get; set; } = "";

    public string? Sheet { get; set; }

    public int? SkipRows { get; set; }

    public int? HeaderRows { get; set; }

    public bool KeepTotals { get; set; }

    public string DecimalSign { get; set; } = "";

    public DateOrder? Order { get; set; }

    /// <summary>What was said before.</summary>
    public static ReadingDraft Of(TablePreview preview)
    {
        var said = preview.Wanted ?? new TableReading();
        return new ReadingDraft
        {
            _said = said.Columns ?? [], Delimiter = said.Delimiter ?? "", Encoding = said.Encoding ?? "", Sheet = preview.Reading?.Sheet,
            SkipRows = said.SkipRows, HeaderRows = said.HeaderRows, KeepTotals = said.KeepTotals ?? false,
            DecimalSign = said.Columns?.Select(c => c.DecimalSign).FirstOrDefault(s => s is not null) ?? "",
            Order = said.Columns?.Select(c => c.Order).FirstOrDefault(o => o is not null),
        };
    }

    public ColumnType TypeOf(ResultColumn column) => _types.GetValueOrDefault(column.Name, column.Type);

    public void Change(ResultColumn column, string? type)
    {
        if (Enum.TryParse<ColumnType>(type, out var chosen))
            _types[column.Name] = chosen;
    }

    /// <summary>What was said, of the columns that are shown.</summary>
    public TableReading Reading(TablePreview preview)
    {
        var isLaidOutAnew = Laid(preview.Wanted) != (Delimiter, Encoding.Trim(), Sheet ?? preview.Reading?.Sheet, SkipRows, HeaderRows);
        var columns = isLaidOutAnew ? [] : preview.Columns.Select(Of).OfType<ColumnReading>().ToList();
        return new TableReading
        {
            Delimiter = Delimiter.Length > 0 ? Delimiter : null, Encoding = Encoding.Trim() is { Length: > 0 } name ? name : null,
            Sheet = Sheet, SkipRows = SkipRows, HeaderRows = HeaderRows, KeepTotals = KeepTotals ? true : null, Columns = columns.Count > 0 ? columns : null,
        };

        (string, string, string?, int?, int?) Laid(TableReading? said) =>
            (said?.Delimiter ?? "", said?.Encoding ?? "", preview.Reading?.Sheet, said?.SkipRows, said?.HeaderRows);
    }

    // Other columns may come of another layout, so nothing is said of these then.
    private ColumnReading? Of(ResultColumn column)
    {
        var before = _said.FirstOrDefault(c => c.Name == column.Name);
        var type = _types.TryGetValue(column.Name, out var chosen) && chosen != column.Type ? chosen : before?.Type;
        var kind = type ?? column.Type;
        var sign = DecimalSign.Length > 0 && kind is ColumnType.Whole or ColumnType.Real ? DecimalSign : null;
        var order = kind is ColumnType.Date or ColumnType.DateTime ? Order : null;
        if (string.IsNullOrEmpty(sign))
            sign = null;
        return type is null && sign is null && order is null && before?.Missing is null
            ? null
            : new ColumnReading { Name = column.Name, Type = type, DecimalSign = sign, Order = order, Missing = before?.Missing };
    }
}
