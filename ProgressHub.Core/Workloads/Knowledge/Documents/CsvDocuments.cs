using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace ProgressHub.Core.Workloads.Knowledge.Documents;

/// <summary>
/// A table, a row a document: the columns <c>id</c>, <c>title</c> and <c>text</c> are what they say, the others attributes.
/// Where there is no <c>text</c>, all columns together are the text. A row that does not fit is reported, the others stay.
/// </summary>
internal static class CsvDocuments
{
    public static IReadOnlyList<ReadItem> Read(string file, string text)
    {
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            DetectDelimiter = true,
            DetectDelimiterValues = [",", ";", "\t", "|"],
            BadDataFound = null,
            MaxFieldSize = DocumentRules.MaxCharacters,
            IgnoreBlankLines = true,
        });
        try
        {
            if (!parser.Read() || parser.Record is not { } columns)
                throw new WorkloadException("empty_document", "The table is empty.");
            var names = columns.Select(c => c.Trim().ToLowerInvariant()).ToArray();
            List<ReadItem> items = [];
            while (parser.Read())
                items.Add(Row(file, names, parser.Record!, parser.RawRow));
            return items.Count > 0 ? items : throw new WorkloadException("empty_document", "The table has columns and no row.");
        }
        catch (CsvHelperException exception)
        {
            throw new WorkloadException("invalid_csv", "The table can't be read: a field has no end, or is far too long.", exception);
        }
    }

    private static ReadItem Row(string file, string[] names, string[] values, int line)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{file}#{line}");
        try
        {
            if (values.Length > names.Length)
                throw new WorkloadException("invalid_csv", $"The row has {values.Length} fields, the table {names.Length} columns.");
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
