using System.Data.Common;

namespace ProgressHub.Core.Sqlite;

/// <summary>SQLite's own look at the structure of a database (https://www.sqlite.org/pragma.html#pragma_quick_check).</summary>
internal static class QuickCheck
{
    private const int Most = 20;

    /// <summary>What is wrong with it, at most 20 findings; empty where nothing is.</summary>
    public static IReadOnlyList<string> Of(DbConnection connection)
    {
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA quick_check({Most})";
            using var reader = command.ExecuteReader();
            List<string> findings = [];
            while (reader.Read())
                findings.Add(reader.GetString(0));
            return findings is ["ok"] ? [] : findings;
        }
        catch (DbException damage)
        {
            return [damage.Message];
        }
    }
}
