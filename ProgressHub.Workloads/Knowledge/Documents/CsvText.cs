using System.Text;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Rows of comma-separated text (RFC 4180), also with semicolons, tabs or bars; the first line tells which.</summary>
internal static class CsvText
{
    private enum State
    {
        Plain,
        Quoted,
        AfterQuote,
    }

    /// <summary>The rows that are not empty, with the line each begins in, from 1.</summary>
    /// <param name="text">With line ends as <c>\n</c>.</param>
    /// <exception cref="WorkloadException"><c>invalid_csv</c>: a quoted field has no end.</exception>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Rows(TextReader text)
    {
        var first = text.ReadLine() ?? "";
        var delimiter = ",;\t|".MaxBy(mark => first.Count(c => c == mark));
        var field = new StringBuilder();
        var fields = new List<string>();
        var state = State.Plain;
        var (line, begun, quote) = (1, 1, 1);
        foreach (var c in Characters(first, text))
        {
            var ended = c == '\n' && state != State.Quoted;
            if (state == State.Quoted)
                (state, _) = c == '"' ? (State.AfterQuote, field) : (State.Quoted, field.Append(c));
            else if (c == '"' && (state == State.AfterQuote || field.Length == 0))
                (state, quote, _) = (State.Quoted, state == State.AfterQuote ? quote : line, state == State.AfterQuote ? field.Append(c) : field);
            else if (c == delimiter || ended)
                state = Take(field, fields);
            else
                (state, _) = (State.Plain, field.Append(c));
            line += c == '\n' ? 1 : 0;
            if (!ended)
                continue;
            if (fields.Exists(f => f.Length > 0))
                yield return (begun, fields);
            (fields, begun) = ([], line);
        }

        if (state == State.Quoted)
            throw new WorkloadException("invalid_csv", $"A quote in line {quote} has no end.");
        Take(field, fields);
        if (fields.Exists(f => f.Length > 0))
            yield return (begun, fields);
    }

    private static State Take(StringBuilder field, List<string> fields)
    {
        fields.Add(field.ToString());
        field.Clear();
        return State.Plain;
    }

    private static IEnumerable<char> Characters(string first, TextReader rest)
    {
        foreach (var c in first)
            yield return c;
        yield return '\n';
        var buffer = new char[16 * 1024];
        for (var read = rest.Read(buffer, 0, buffer.Length); read > 0; read = rest.Read(buffer, 0, buffer.Length))
        {
            for (var i = 0; i < read; i++)
                yield return buffer[i];
        }
    }
}
