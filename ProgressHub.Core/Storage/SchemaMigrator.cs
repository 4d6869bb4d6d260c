using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Core.Storage;

/// <summary>
/// Brings a database to the schema this code knows: the embedded files <c>Storage/Migrations/…/NNNN_name.sql</c>, in
/// order, each in a transaction of its own and recorded in <c>schema_version</c>.
/// </summary>
internal sealed partial class SchemaMigrator(SqlDialect dialect, TimeProvider time, ILogger logger)
{
    private static readonly SqlStatement Current = new("SELECT COALESCE(MAX(version), 0) FROM schema_version");
    private static readonly SqlStatement Record =
        new("INSERT INTO schema_version (version, name, applied_at) VALUES (@version, @name, @at)");

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="InvalidOperationException">A newer version of this program made the database.</exception>
    public void Migrate(SqlSession session)
    {
        session.Run("CREATE TABLE IF NOT EXISTS schema_version " +
            "(version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)");
        var current = Convert.ToInt32(session.Scalar(Current), CultureInfo.InvariantCulture);
        var migrations = Embedded();
        var known = migrations.Count == 0 ? 0 : migrations[^1].Version;
        if (current > known)
        {
            throw new InvalidOperationException(
                $"{dialect.Location} has schema version {current}, made by a newer ProgressHub; this one knows " +
                $"versions up to {known}. Run the newer one, or restore a backup from before the upgrade.");
        }

        foreach (var migration in migrations.Where(migration => migration.Version > current))
            Apply(session, migration);
    }

    private void Apply(SqlSession session, Migration migration)
    {
        session.Begin();
        try
        {
            session.Run(migration.Sql);
            session.Execute(Record, migration.Version, migration.Name, Moment.ToStored(time.GetUtcNow()));
            session.Commit();
        }
        catch
        {
            session.Rollback();
            throw;
        }

        LogApplied(dialect.Location, migration.Version, migration.Name);
    }

    private List<Migration> Embedded()
    {
        var assembly = typeof(SchemaMigrator).Assembly;
        var prefix = $"{typeof(SchemaMigrator).Namespace}.Migrations.{dialect.MigrationFolder}.";
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => Read(assembly, name, name[prefix.Length..]))
            .OrderBy(migration => migration.Version)];
    }

    private static Migration Read(Assembly assembly, string resource, string file)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        var (number, name) = (file[..4], Path.GetFileNameWithoutExtension(file[5..]));
        return new Migration(int.Parse(number, CultureInfo.InvariantCulture), name, reader.ReadToEnd());
    }

    [LoggerMessage(LogLevel.Information, "{Location} now has schema version {Version} ({Name}).")]
    private partial void LogApplied(string location, int version, string name);

    private sealed record Migration(int Version, string Name, string Sql);
}
