using System.Globalization;
using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>Makes tables as people have them, and knows what is in them. The same seed makes the same table.</summary>
internal sealed class TableMaker
{
    private static readonly string[] Words =
        ["Ann", "Bob Miller", "north, by west", "say \"hi\"", "Zoë", "O'Neil", "two\nlines", "München", "a;b", "x|y", "Oslo", "Québec", "東京", "tab\there", "R&D"];

    private static readonly string[] Countries = ["DE", "FR", "NA", "US", "CN", "BR", "NO"];
    private readonly Random _random;
    private readonly bool _comma;
    private readonly int _order;
    private readonly List<string[]> _shown = [];

    public TableMaker(int seed)
    {
        _random = new Random(seed);
        _comma = _random.Next(3) == 0;
        _order = _random.Next(4);
        Delimiter = _comma ? _random.Next(3) == 0 ? '\t' : ';' : ",,,;\t|"[_random.Next(6)];
        var rows = _random.Next(3, 40);
        var columns = new List<(string Name, string Kind)> { ("name", "word") };
        string[] kinds = ["whole", "decimal", "money", "percent", "date", "moment", "flag", "word", "code", "big", "country", "grouped"];
        for (var i = _random.Next(1, 8); i > 0; i--)
        {
            var kind = kinds[_random.Next(kinds.Length)];
            columns.Add(($"{kind} {i}", kind));
        }

        Names = [.. columns.Select(c => c.Name)];
        for (var r = 0; r < rows; r++)
        {
            var cells = columns.Select(c => Cell(c.Kind)).ToArray();
            Expected.Add([.. cells.Select(c => c.Value)]);
            _shown.Add([.. cells.Select(c => c.Shown)]);
        }

        Bytes = Encoding.UTF8.GetBytes(Render());
    }

    public char Delimiter { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>What each row holds, as a plain text; null where a cell is missing.</summary>
    public List<string?[]> Expected { get; } = [];

    public byte[] Bytes { get; }

    private (string? Value, string Shown) Cell(string kind)
    {
        if (kind != "word" && _random.Next(12) == 0)
        {
            var mark = kind is "code" or "country" ? "" : (string[])["", "NA", "n/a", "-", "NULL"] is var marks ? marks[_random.Next(marks.Length)] : "";
            return (null, mark);
        }

        switch (kind)
        {
            case "whole":
                return Same(_random.Next(-500, 100_000).ToString(CultureInfo.InvariantCulture));
            case "decimal":
                return Number(_random.Next(-100_000, 1_000_000) / 100m, "");
            case "money":
                return Number(_random.Next(1, 10_000_000) / 100m, _comma ? " €" : "$");
            case "percent":
                return Number(_random.Next(0, 1000) / 10m, "%");
            case "grouped":
                return Grouped(_random.Next(0, 5_000_000));
            case "date":
                return Date();
            case "moment":
                var moment = Day().AddSeconds(_random.Next(86_400));
                return (moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), moment.ToString(_random.Next(2) == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
            case "flag":
                return _random.Next(2) == 0 ? ("true", "yes") : ("false", "no");
            case "code":
                return Same($"0{_random.Next(10_000):0000}");
            case "big":
                return Same($"{_random.Next(1, 99)}{_random.NextInt64(1_000_000_000_000_000, 9_999_999_999_999_999)}");
            case "country":
                return Same(Countries[_random.Next(Countries.Length)]);
            default:
                return Same(Words[_random.Next(Words.Length)]);
        }
    }

    private static (string? Value, string Shown) Same(string text) => (text, text);

    private (string? Value, string Shown) Number(decimal value, string unit)
    {
        var shown = value.ToString("0.00", CultureInfo.InvariantCulture);
        if (_comma)
            shown = shown.Replace('.', ',');
        return (Plain(value), unit == "$" ? shown.StartsWith('-') ? $"-${shown[1..]}" : $"${shown}" : shown + unit);
    }

    private (string? Value, string Shown) Grouped(int value)
    {
        var shown = value.ToString("#,0", CultureInfo.InvariantCulture);
        return (Plain(value), _comma ? shown.Replace(',', '.') : shown);
    }

    private (string? Value, string Shown) Date()
    {
        var day = Day();
        var format = _order switch { 0 => "yyyy-MM-dd", 1 => "dd/MM/yyyy", 2 => "MM/dd/yyyy", _ => "d.M.yyyy" };
        return (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), day.ToString(format, CultureInfo.InvariantCulture));
    }

    private DateTime Day() => new DateTime(2019, 1, 1).AddDays(_random.Next(2500));

    private static string Plain(decimal value) => (value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    private string Render()
    {
        var text = new StringBuilder();
        var end = _random.Next(3) == 0 ? "\r\n" : "\n";
        if (_random.Next(6) == 0)
            text.Append("sep=").Append(Delimiter).Append(end);
        else if (_random.Next(5) == 0)
            text.Append("Report of the quarter").Append(end).Append(_random.Next(2) == 0 ? end : "");
        Append(text, Names, end);
        for (var i = 0; i < _shown.Count; i++)
        {
            Append(text, _shown[i], end);
            if (_random.Next(60) == 0)
                text.Append(new string(Delimiter, Names.Count - 1)).Append(end);
            if (_random.Next(80) == 0)
                Append(text, Names, end);
        }

        if (_random.Next(4) == 0)
            AppendTotals(text, end);
        if (_random.Next(6) == 0)
            text.Append(end).Append("Source: our own books").Append(end);
        return text.ToString();
    }

    private void AppendTotals(StringBuilder text, string end)
    {
        var column = Names.ToList().FindIndex(n => n.StartsWith("whole", StringComparison.Ordinal));
        if (column < 0)
            return;
        var totals = new string[Names.Count];
        Array.Fill(totals, "");
        totals[0] = "Total";
        totals[column] = Expected.Sum(r => r[column] is { } cell ? long.Parse(cell, CultureInfo.InvariantCulture) : 0).ToString(CultureInfo.InvariantCulture);
        Append(text, totals, end);
    }

    private void Append(StringBuilder text, IEnumerable<string> cells, string end) =>
        text.Append(string.Join(Delimiter, cells.Select(Quote))).Append(end);

    private string Quote(string cell) => cell.AsSpan().ContainsAny($"\"\r\n{Delimiter}") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
