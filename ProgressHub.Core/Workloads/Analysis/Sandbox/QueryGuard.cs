using SQLitePCL;

namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>
/// Decides what a query may do while SQLite compiles it: read the one table, call known functions, nothing else. What is
/// not on the list is refused, also what a later SQLite brings.
/// </summary>
internal sealed class QueryGuard
{
    // sqlite.org/c3ref/c_alter_table.html
    private const int Pragma = 19;
    private const int Read = 20;
    private const int Select = 21;
    private const int Attach = 24;
    private const int Function = 31;
    private const int Recursive = 33;

    /// <summary>Why the last query was refused; null where it was not.</summary>
    public string? Refusal { get; private set; }

    /// <summary>SQLite asks this for each thing a query does.</summary>
    public int Decide(object data, int action, string first, string second, string database, string source)
    {
        var refusal = action switch
        {
            Select => null,
            Read => Readable(first, second, database) ? null : $"reads '{first}', and there is only the table '{Tables.TableProfile.Table}'",
            Function => AllowedFunctions.Names.Contains(second ?? "") ? null : $"calls {second}(), which is not allowed",
            Recursive => "is recursive",
            Attach => "attaches a database",
            Pragma => "has a PRAGMA",
            _ => "does something else than reading",
        };
        Refusal ??= refusal;
        return refusal is null ? raw.SQLITE_OK : raw.SQLITE_DENY;
    }

    // A table of which no column is read (count(*)) comes without a column; so do subqueries, by the name the query gave
    // them, in no database.
    private static bool Readable(string? table, string? column, string? database) =>
        string.Equals(table, Tables.TableProfile.Table, StringComparison.OrdinalIgnoreCase)
        || (string.IsNullOrEmpty(column) && string.IsNullOrEmpty(database) && !IsOfSqlite(table ?? ""));

    private static bool IsOfSqlite(string table) =>
        table.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase) || table.StartsWith("pragma_", StringComparison.OrdinalIgnoreCase);
}
