using DuckDB.NET.Data;
using ProgressHub.Workloads.Analysis.Sandbox;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// A table's database, open: it can only be read, reaches nothing else, and can't be told otherwise. What its settings are is
/// decided as it opens and locked with that, so they are the same for each query, however many there were before.
/// </summary>
internal sealed class OpenTable : IDisposable
{
    private readonly string _settings;
    private readonly FileIdentity _file;

    // The database stays open as long as one connection to it does.
    private readonly DuckDBConnection _first;

    /// <summary>Opens it.</summary>
    /// <exception cref="IOException">The file is not there, or was replaced meanwhile.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="DuckDBException">It can't be opened.</exception>
    public OpenTable(string path)
    {
        Path = path;
        _settings = SettingsOf(path);
        _file = new FileIdentity(path);
        _first = new DuckDBConnection(_settings);
        try
        {
            _first.Open();
            if (!_file.IsCurrent)
                throw new IOException("The file was replaced while it was opened.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Its file.</summary>
    public string Path { get; }

    /// <summary>Whether the file is still the one that was opened.</summary>
    public bool IsCurrent => _file.IsCurrent;

    /// <summary>A connection for one query, so that what a session keeps does not reach the next one; the caller closes it.</summary>
    public DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection(_settings);
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _first.Dispose();
        _file.Dispose();
    }

    private static string SettingsOf(string path) => new DuckDBConnectionStringBuilder
    {
        DataSource = path,
        ["access_mode"] = "READ_ONLY",
        ["enable_external_access"] = "false",
        ["autoinstall_known_extensions"] = "false",
        ["autoload_known_extensions"] = "false",
        ["allow_community_extensions"] = "false",
        ["temp_directory"] = "",
        ["memory_limit"] = $"{QueryLimits.Memory >> 20}MB",
        ["threads"] = "2",
        ["lock_configuration"] = "true",
    }.ConnectionString;
}
