using System.Text;
using ProgressHub.Workloads.Analysis.Tables.Text;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Analysis.Tables.Layout;

/// <summary>How a text is laid out as a table.</summary>
/// <param name="Encoding">How it is encoded.</param>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Quote">What stands around fields that hold delimiters.</param>
/// <param name="PreambleLines">How many lines stand above it for programs.</param>
/// <param name="SkipRows">How many rows stand above it for people.</param>
/// <param name="HeaderRows">How many rows name its columns.</param>
internal sealed record TableLayout(Encoding Encoding, char Delimiter, char Quote, int PreambleLines, int SkipRows, int HeaderRows)
{
    /// <summary>Whether the first column has no place in the row of names, as R writes the names of rows.</summary>
    public bool HasNamelessFirst { get; init; }

    private const int SampleCharacters = 256 * 1024;

    /// <summary>Whether programs write it so: UTF-8 with the usual quotes, and nothing above the names.</summary>
    public bool IsPlain => Encoding is UTF8Encoding && Encoding.Preamble.IsEmpty && Quote == '"' && PreambleLines + SkipRows == 0
        && !HasNamelessFirst && Delimiter is ',' or ';' or '\t' or '|';

    /// <summary>Finds it out from the beginning of a file, as far as a person has not said it.</summary>
    public static TableLayout Of(Stream file, Encoding encoding, TableReading? wanted)
    {
        var (sample, whole) = Sample(file, encoding);
        var preamble = Preamble.Of(sample);
        if (wanted?.Encoding is null && preamble.Encoding is { } named && encoding.CodePage is >= 1250 and <= 1258)
        {
            encoding = TextSource.Find(named)!;
            (sample, whole) = Sample(file, encoding);
        }

        sample = After(sample, preamble.Lines);
        var quote = wanted?.Quote is [var said] ? said : QuoteOf(sample);
        var delimiter = wanted?.Delimiter is [var sign] ? sign : preamble.Delimiter ?? DelimiterGuess.Of(sample, whole, quote);
        var rows = DelimiterGuess.Rows(sample, delimiter, quote, whole);
        var header = HeaderGuess.Of(rows, wanted?.SkipRows);
        var names = wanted?.HeaderRows ?? header.Header;
        return new TableLayout(encoding, delimiter, quote, preamble.Lines, header.Skip, names)
        {
            HasNamelessFirst = names == 1 && IsShifted([.. rows.Skip(header.Skip)]),
        };
    }

    private static bool IsShifted(List<string[]> table) =>
        table.Count > 1 && table[0].Length > 0 && table.Skip(1).All(r => r.Length == table[0].Length + 1 && !string.IsNullOrWhiteSpace(r[0]) && !string.IsNullOrWhiteSpace(r[^1]));

    /// <summary>Opens the text at its first row, the skipped ones and the names still to come.</summary>
    public DelimitedReader Open(Stream file)
    {
        file.Position = 0;
        var text = new StreamReader(file, Encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 256 * 1024, leaveOpen: true);
        Preamble.Skip(text, PreambleLines);
        return new DelimitedReader(text, Delimiter, Quote);
    }

    private static (string Sample, bool Whole) Sample(Stream file, Encoding encoding)
    {
        file.Position = 0;
        using var text = new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
        var buffer = new char[SampleCharacters];
        var length = text.ReadBlock(buffer);
        return (new string(buffer, 0, length), length < buffer.Length);
    }

    private static string After(string sample, int lines)
    {
        var at = 0;
        for (; lines > 0; lines--)
        {
            var end = sample.AsSpan(at).IndexOfAny('\r', '\n');
            if (end < 0)
                return "";
            at += end + 1;
            if (sample[at - 1] == '\r' && at < sample.Length && sample[at] == '\n')
                at++;
        }

        return sample[at..];
    }

    // Single quotes stand around fields where no double ones do, and they come in pairs at the ends of fields.
    private static char QuoteOf(string sample)
    {
        if (sample.Contains('"', StringComparison.Ordinal))
            return '"';
        var (opened, closed) = (0, 0);
        for (var i = 0; i < sample.Length; i++)
        {
            if (sample[i] != '\'')
                continue;
            opened += i == 0 || sample[i - 1] is ',' or ';' or '\t' or '|' or '\n' ? 1 : 0;
            closed += i + 1 == sample.Length || sample[i + 1] is ',' or ';' or '\t' or '|' or '\n' or '\r' ? 1 : 0;
        }

        return opened >= 2 && opened == closed && opened * 2 == sample.Count(c => c == '\'') ? '\'' : '"';
    }
}
