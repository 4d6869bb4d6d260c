using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Reading;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Conditions on texts that are not known by heart: name contains 'mil', customer is Miller, order SO-10457.</summary>
internal sealed class TextGrammar(Sentence sentence, Draft draft)
{
    public static void Apply(Sentence sentence, Draft draft)
    {
        var grammar = new TextGrammar(sentence, draft);
        for (var i = 0; i < sentence.Count; i++)
        {
            if (!sentence.IsFree(i))
                continue;
            if (sentence[i].Lex is Lex.Contains or Lex.StartsWith or Lex.EndsWith)
                grammar.Pattern(i);
            else if (IsLiteral(sentence[i]))
                grammar.Literal(i);
        }
    }

    private static bool IsLiteral(Item item) => item.Period is null && item.Values.Count == 0
        && ((item.IsUnknown && (item.Words[0].Kind is WordKind.Code or WordKind.Quoted || char.IsUpper(item.Words[0].Raw[0])))
            || (item.Number is not null && item.Words[0].Kind == WordKind.Number && item.Words.Count == 1));

    private void Pattern(int i)
    {
        // "Starts with A": an article is a letter here.
        var at = i + 1;
        var before = sentence.Previous(i);
        while (sentence[before].Lex is Lex.Did or Lex.Is or Lex.Not && before > 0)
            before = sentence.Previous(before);
        if (!sentence.IsFree(at) || sentence[before].ColumnsWhere(c => c.Type == ColumnType.Text) is not { Count: > 0 } columns || sentence.Choose(before, columns) is not { } column)
            return;
        var text = sentence[at].Words[0].Raw.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
        var isNot = Negation.Of(sentence, draft, i, column);
        sentence.Take("text", before, i, at);
        var pattern = sentence[i].Lex switch { Lex.Contains => $"%{text}%", Lex.StartsWith => $"{text}%", _ => $"%{text}" };
        draft.Filters.Add(new FilterPart(new Condition.Like(column, pattern), column, at, isNot));
    }

    private void Literal(int i)
    {
        var before = sentence.Previous(i);
        var said = false;
        while (sentence[before].Lex is Lex.Is or Lex.Equal or Lex.HowMany or Lex.On or Lex.Not || (sentence[before].Stem is "no" or "number" or "id" && before > 0))
        {
            said |= sentence[before].Lex is Lex.Is or Lex.Equal;
            before = sentence.Previous(before);
        }

        var end = i + 1;
        if (sentence[i].IsUnknown && sentence[i].Words[0].Kind == WordKind.Word)
        {
            while (sentence.IsFree(end) && sentence[end].IsUnknown && char.IsUpper(sentence[end].Words[0].Raw[0]))
                end++;
        }

        var beside = ColumnBefore(before, sentence[i].Number is not null);
        var column = beside ?? Names(i);
        if (column is null)
            return;
        var text = string.Join(' ', Enumerable.Range(i, end - i).Select(k => sentence[k].Raw));
        var isNot = Negation.Of(sentence, draft, i, column);
        for (var k = before; k < end; k++)
        {
            if (k >= i || (beside is not null && (said || sentence[k].Column is not null || sentence[k].IsRow || sentence[k].Lex == Lex.HowMany)))
                sentence.Take($"{column.Name} is {text}", k);
        }

        Condition condition = column.IsNumber && sentence[i].Number is { } number
            ? new Condition.Compare(new Expr.Of(column), "=", new Expr.Number(number)) : new Condition.Text(column, text);
        draft.Filters.Add(new FilterPart(condition, column, i, isNot));
    }

    // "Reading 100700", "order SO-10457", "customer Miller": the row's own name, or that of a column.
    private TableColumn? ColumnBefore(int before, bool isNumber)
    {
        if (before < 0)
            return null;
        var item = sentence[before];
        if (item.IsRow && sentence.Terms.RowId is { } id && !(isNumber && item.ColumnsWhere(c => c.IsMeasure()).Count > 0))
            return id;
        var columns = item.ColumnsWhere(c => isNumber ? c.IsIdentifier() || c.IsCalendarNumber() : c.IsCategory() && c.Values.Count == 0);
        return columns is [var only] ? only : null;
    }

    // CO2 is no T-109: names of rows begin alike.
    private static bool Resembles(TableColumn id, string code)
    {
        static string Letters(string text) => new([.. text.TakeWhile(char.IsLetter)]);
        List<string> known = [.. id.Values, .. id.Samples];
        return known.Count == 0 || known.Exists(k => Letters(k).Equals(Letters(code), StringComparison.OrdinalIgnoreCase));
    }

    // A name without its column: of the only column that has too many values to know them.
    private TableColumn? Names(int i)
    {
        if (sentence[i].Number is not null)
            return null;
        if (sentence[i].Words[0].Kind == WordKind.Code)
            return sentence.Terms.RowId is { Type: ColumnType.Text } id && Resembles(id, sentence[i].Raw) ? id : null;
        // The first word of a sentence is capital anyway.
        if (i == 0 && sentence[i].Words[0].Kind != WordKind.Quoted)
            return null;
        return sentence.Terms.Table.Columns.Where(c => c.Type == ColumnType.Text && c.Values.Count == 0 && !c.IsIdentifier()).ToList() is [var only] ? only : null;
    }
}
