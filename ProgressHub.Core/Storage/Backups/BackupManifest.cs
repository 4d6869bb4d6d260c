using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Core.Storage.Backups;

/// <summary>Says that a backup is whole: it is written last.</summary>
/// <param name="Version">How the backup is laid out; 1.</param>
/// <param name="At">When it was made.</param>
/// <param name="Files">How many files it has, databases included.</param>
/// <param name="Bytes">How many bytes those have.</param>
internal sealed partial record BackupManifest(int Version, DateTimeOffset At, int Files, long Bytes)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "backup.json";

    private const int Known = 1;

    /// <summary>Reads that of a backup.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is of a newer version.</exception>
    public static BackupManifest Read(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
            throw new InvalidOperationException($"{directory} is no backup, or was cut off: it has no {FileName}, which comes last.");
        var manifest = Parse(File.ReadAllBytes(path));
        return manifest is { Version: > 0 and <= Known }
            ? manifest
            : throw new InvalidOperationException($"{path} can't be read, or is of a newer ProgressHub.");
    }

    /// <summary>One of this version.</summary>
    public static BackupManifest Of(DateTimeOffset at, IReadOnlyCollection<long> lengths) => new(Known, at, lengths.Count, lengths.Sum());

    /// <summary>Its JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Context.Default.BackupManifest);

    private static BackupManifest? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Context.Default.BackupManifest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
    [JsonSerializable(typeof(BackupManifest))]
    private sealed partial class Context : JsonSerializerContext;
}
