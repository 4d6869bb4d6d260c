using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Postgres;

/// <summary>A file of the embedded database whose tables PostgreSQL has under the same names.</summary>
/// <param name="FileName">Its name in the data directory.</param>
/// <param name="SourceVersion">The version of its schema.</param>
/// <param name="Schema">The schema in PostgreSQL.</param>
/// <param name="VersionTable">The table there that has its version.</param>
/// <param name="Derived">Tables that are not moved: what they hold follows from the others.</param>
internal sealed record MovedDatabase(
    string FileName, int SourceVersion, IReadOnlyList<MigrationScript> Schema, string VersionTable, IReadOnlyList<string> Derived)
{
    /// <summary>What is moved with it that it has in files; null for nothing.</summary>
    public MovedRows? Beside { get; init; }
}

/// <summary>Rows of PostgreSQL that the embedded database has in files beside its own.</summary>
/// <param name="Table">The table that they are moved to.</param>
/// <param name="Read">Reads them, with their values in the order of its columns; is given the path of the database.</param>
internal sealed record MovedRows(string Table, Func<string, IEnumerable<object?[]>> Read);
