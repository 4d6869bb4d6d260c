using System.Globalization;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>
/// A table, a row a document: the columns <c>id</c>, <c>title</c> and <c>text</c> are what they say, the others attributes.
/// Where there is no <c>text</c>, all columns together are the text. A row that does not fit is reported, the others stay.
/// </summary>
internal static class CsvDocuments
{
    public static IEnumerable<ReadItem> Read(string file, TextReader text)
    {
        string[]? names = null;
        var any = false;
        foreach (var (line, fields) in CsvText.Rows(text))
        {
            if (names is null)
            {
                names = [.. fields.Select(c => c.Trim().ToLowerInvariant())];
                continue;
            }

            any = true;
            yield return Row(file, names, fields, line);
        }

        if (!any)
            throw new WorkloadException("empty_document", "The table has no row below its columns.");
    }

    private static ReadItem Row(string file, string[] names, IReadOnlyList<string> values, int line)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{file}#{line}");
        try
        {
            if (values.Count > names.Length)
                throw new WorkloadException("invalid_csv", $"The row has {values.Count} fields, the table {names.Length} columns.");
            var fields = names.Zip(values).Where(f => f.First.Length > 0 && !string.IsNullOrWhiteSpace(f.Second)).ToList();
            var id = Field("id");
            var text = Array.IndexOf(names, "text") >= 0
                ? Field("text") ?? ""
                : string.Join('\n', fields.Where(f => f.First is not "id").Select(f => $"{f.First}: {f.Second.Trim()}"));
            return ReadItem.Of(DocumentRules.Check(
                id ?? name, Field("title") ?? id, [new Section(null, text)],
                Numbered.Attributes(id, fields.Where(f => f.First is not ("id" or "title" or "text")).Select(f => KeyValuePair.Create(f.First, f.Second)))));

            string? Field(string column) => fields.Where(f => f.First == column).Select(f => f.Second.Trim()).FirstOrDefault();
        }
        catch (WorkloadException fault)
        {
            return ReadItem.Failed(name, fault);
        }
    }
}
