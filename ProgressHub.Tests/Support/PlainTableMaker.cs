using System.Globalization;
using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>Makes tables as programs write them, with what they put into cells that could be taken for something else.</summary>
internal sealed class PlainTableMaker
{
    private static readonly string[] Odd =
    [
        "007", "12E3", "1e5", "-0", "+5", "0x10", "1_000", "Infinity", "inf", "nan", "NULL", "null", "NA", "true", "t", "yes", "2024-02-30", "24:00:00", "12:30",
        "'x'", "\\N", "\\", "a\\\"b", "#1", "東京", "é", "x  y", "1 2", "1.", ".5", "--5", "2024-1-1", "epoch", "infinity", "a\u00A0b", "z\u200B",
    ];

    private readonly Random _random;
    private readonly char _delimiter;
    private readonly string _end;

    public PlainTableMaker(int seed)
    {
        _random = new Random(seed);
        _delimiter = ",,;\t|"[_random.Next(5)];
        _end = _random.Next(3) == 0 ? "\r\n" : "\n";
        var kinds = Enumerable.Range(0, _random.Next(2, 8)).Select(_ => _random.Next(20) is var kind && kind < 11 ? kind : kind % 4).ToArray();
        var text = new StringBuilder();
        text.AppendJoin(_delimiter, kinds.Select((kind, i) => $"c{kind}_{i}")).Append(_end);
        var rows = _random.Next(3, 60);
        for (var row = 0; row < rows; row++)
        {
            text.AppendJoin(_delimiter, kinds.Select((kind, i) => Quoted(_random.Next(15) == 0 && i > 0 ? "" : Cell(kind))));
            text.Append(row == rows - 1 && _random.Next(4) == 0 ? "" : _end);
        }

        Text = text.ToString();
    }

    public string Text { get; }

    private string Cell(int kind) => kind switch
    {
        0 => _random.Next(-1000, 100_000).ToString(CultureInfo.InvariantCulture),
        1 => (_random.Next(-1_000_000, 1_000_000) / 100m).ToString(CultureInfo.InvariantCulture),
        2 => new DateTime(1890, 1, 1).AddDays(_random.Next(80_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        3 => new DateTime(1999, 1, 1).AddSeconds(_random.Next(900_000_000)).ToString(_random.Next(2) == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        4 => _random.NextInt64(long.MinValue / 2, long.MaxValue).ToString(CultureInfo.InvariantCulture),
        5 => string.Concat(Enumerable.Range(0, _random.Next(20, 37)).Select(i => (char)('1' + _random.Next(9)))),
        6 => (_random.NextDouble() * Math.Pow(10, _random.Next(-12, 15))).ToString("R", CultureInfo.InvariantCulture),
        7 => (string[])["true", "false"] is var flags ? flags[_random.Next(2)] : "",
        8 => $"item {_random.Next(400)}",
        9 => Odd[_random.Next(Odd.Length)],
        _ => $"line {_random.Next(9)}{(_random.Next(4) == 0 ? "\nand \"more\"" : "")}{(_random.Next(4) == 0 ? $"{_delimiter} and so on" : "")}",
    };

    private string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(_delimiter, '"', '\n') >= 0 || _random.Next(10) == 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
