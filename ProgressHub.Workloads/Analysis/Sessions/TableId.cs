using System.Security.Cryptography;
using System.Text.Json;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// What a table is called: the hash of its file, and where somebody said how to read it, a hash of that. The same file read in
/// two ways is two tables.
/// </summary>
internal static class TableId
{
    /// <summary>How many digits the hash of a file has.</summary>
    public const int HashDigits = 64;

    private const int ReadingDigits = 16;

    /// <summary>The id of a file's table.</summary>
    /// <param name="content">The SHA-256 of the file.</param>
    /// <param name="reading">How it is to be read; null where that is found out.</param>
    public static string Of(string content, TableReading? reading) => reading is null ? content
        : $"{content}-{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(reading, AnalysisJson.Default.TableReading)))[..ReadingDigits]}";

    /// <summary>The hash of the file.</summary>
    public static string ContentOf(string id) => id.Length > HashDigits ? id[..HashDigits] : id;

    /// <summary>Whether somebody said how to read it.</summary>
    public static bool HasReading(string id) => id.Length > HashDigits;
}
