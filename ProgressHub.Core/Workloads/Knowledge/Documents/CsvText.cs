using System.Text;

namespace ProgressHub.Core.Workloads.Knowledge.Documents;

/// <summary>Rows of comma-separated text (RFC 4180), also with semicolons, tabs or bars; the first line tells which.</summary>
internal static class CsvText
{
    /// <summary>The rows that are not empty, with the line each begins in, from 1.</summary>
    /// <param name="text">With line ends as <c>\n</c>.</param>
    /// <exception cref="WorkloadException"><c>invalid_csv</c>: a quoted field has no end.</exception>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Rows(string text)
    {
        var delimiter = Delimiter(text);
        var field = new StringBuilder();
        var fields = new List<string>();
        var (line, begun) = (1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when field.Length == 0:
                    i = Quoted(text, i + 1, field, ref line);
                    break;
                case var c when c == delimiter:
                    Take(field, fields);
                    break;
                case '\n':
                    Take(field, fields);
                    if (fields.Exists(f => f.Length > 0))
                        yield return (begun, fields);
                    fields = [];
                    begun = ++line;
                    break;
                case var c:
                    field.Append(c);
                    break;
            }
        }

        Take(field, fields);
        if (fields.Exists(f => f.Length > 0))
            yield return (begun, fields);
    }

    private static void Take(StringBuilder field, List<string> fields)
    {
        fields.Add(field.ToString());
        field.Clear();
    }

    /// <summary>Reads a quoted field; returns where its closing quote is.</summary>
    private static int Quoted(string text, int from, StringBuilder field, ref int line)
    {
        var begun = line;
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] == '\n')
                line++;
            if (text[i] != '"')
            {
                field.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else
            {
                return i;
            }
        }

        throw new WorkloadException("invalid_csv", $"A quote in line {begun} has no end.");
    }

    private static char Delimiter(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return ",;\t|".MaxBy(delimiter => first.Count(c => c == delimiter));
    }
}
