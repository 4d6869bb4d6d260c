using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>Words of a question that mean a column.</summary>
/// <param name="Term">The words, as stems.</param>
/// <param name="Columns">The columns they can mean.</param>
internal sealed record Mention(string Term, IReadOnlyList<TableColumn> Columns)
{
    /// <summary>The column, where only one can be meant.</summary>
    public TableColumn? Only => Columns.Count == 1 ? Columns[0] : null;
}

/// <summary>Words of a question that are a value of a text column.</summary>
/// <param name="Value">The value, as the table has it.</param>
/// <param name="Columns">The columns that have it.</param>
internal sealed record ValueMention(string Value, IReadOnlyList<TableColumn> Columns);

/// <summary>What a question says of a table's columns and values.</summary>
/// <param name="Columns">Its words that mean columns.</param>
/// <param name="Values">Its words that are values.</param>
internal sealed record Mentions(IReadOnlyList<Mention> Columns, IReadOnlyList<ValueMention> Values)
{
    public static Mentions Of(string question, TableProfile table)
    {
        var (items, _) = ItemReader.Read(TableTerms.Of(table), QuestionWords.Words(Chinese.ToEnglish(question, TableTerms.Own(table))));
        return new Mentions(
            [.. items.Where(i => i.Column is not null).Select(i => new Mention(i.Stem, i.Column!.Columns))],
            [.. items.Where(i => i.Column is null && i.Lex is Lex.None && i.Values.Count > 0).Select(i => new ValueMention(i.Values[0].Values[0], [.. i.Values.Select(v => v.Column)]))]);
    }
}
