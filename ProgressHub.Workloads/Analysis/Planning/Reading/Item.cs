using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>A piece of a question: one or several words, with all that they can mean.</summary>
/// <param name="Words">The words.</param>
internal sealed record Item(IReadOnlyList<Word> Words)
{
    /// <summary>What it means to the grammar.</summary>
    public Lex Lex { get; init; }

    /// <summary>The columns it can mean; null for none.</summary>
    public ColumnSense? Column { get; init; }

    /// <summary>The values it can be.</summary>
    public IReadOnlyList<ValueSense> Values { get; init; } = [];

    /// <summary>Whether it means a single row of the table.</summary>
    public bool IsRow { get; init; }

    /// <summary>The number it is.</summary>
    public double? Number { get; init; }

    /// <summary>Whether the number is in percent.</summary>
    public bool IsPercent { get; init; }

    /// <summary>The place in an order it says: 2 for second.</summary>
    public int? Ordinal { get; init; }

    /// <summary>The time it names.</summary>
    public Period? Period { get; init; }

    /// <summary>The step of time it names.</summary>
    public Bucket? Bucket { get; init; }

    /// <summary>Whether the step is said as monthly, and not as month.</summary>
    public bool IsAdverb { get; init; }

    /// <summary>What a superlative such as cheapest measures.</summary>
    public Adjective? Superlative { get; init; }

    /// <summary>What a comparative such as older measures.</summary>
    public Adjective? Comparative { get; init; }

    /// <summary>What is computed, where a formula stands here.</summary>
    public Expr? Formula { get; init; }

    /// <summary>A quotient of two totals, where one stands here.</summary>
    public Measure? Ratio { get; init; }

    /// <summary>Its words, as they were written.</summary>
    public string Raw => string.Join(' ', Words.Select(w => w.Raw));

    /// <summary>Its words, as stems.</summary>
    public string Stem => string.Join(' ', Words.Select(w => w.Stem));

    /// <summary>Whether it is in quotes.</summary>
    public bool IsQuoted => Words[0].Kind == WordKind.Quoted;

    /// <summary>Whether it has no meaning at all here.</summary>
    public bool IsUnknown => Lex == Lex.None && Column is null && Values.Count == 0 && !IsRow && Number is null && Period is null && Bucket is null
        && Superlative is null && Ordinal is null && Formula is null && Ratio is null && Words[0].Kind is not (WordKind.Comma or WordKind.Stop);

    /// <summary>Whether nothing is lost without it.</summary>
    public bool IsFiller => Words[0].Kind is WordKind.Comma or WordKind.Stop || Lex == Lex.Filler;

    /// <summary>Those of its columns that a test keeps.</summary>
    public IReadOnlyList<TableColumn> ColumnsWhere(Func<TableColumn, bool> test) => Column is null ? [] : [.. Column.Columns.Where(test)];
}
