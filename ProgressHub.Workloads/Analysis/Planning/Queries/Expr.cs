using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>Something that each row has: a column, a number, or what is computed of them.</summary>
internal abstract record Expr
{
    /// <summary>A column.</summary>
    public sealed record Of(TableColumn Column) : Expr;

    /// <summary>A number.</summary>
    public sealed record Number(double Value) : Expr;

    /// <summary>Two expressions and one of <c>+ - * /</c> between them.</summary>
    public sealed record Binary(char Operator, Expr Left, Expr Right) : Expr;

    /// <summary>The days from one moment to another.</summary>
    public sealed record Days(TableColumn From, TableColumn To) : Expr;

    /// <summary>The columns it is of.</summary>
    public IEnumerable<TableColumn> Columns => this switch
    {
        Of of => [of.Column],
        Binary two => two.Left.Columns.Concat(two.Right.Columns),
        Days days => [days.From, days.To],
        _ => [],
    };
}
