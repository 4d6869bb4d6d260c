using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// The models of whisper.cpp on this machine. A request names one of the folder; only the configuration may give a path,
/// so that no request can have other files opened.
/// </summary>
internal sealed class WhisperModels(IOptions<TranscriptionOptions> options)
{
    /// <summary>Where models come from, for a person to read.</summary>
    public const string Source = "https://huggingface.co/ggerganov/whisper.cpp";

    private string Folder => Path.GetFullPath(options.Value.ModelsDirectory);

    /// <summary>The names that a request may use, such as <c>base.en</c>.</summary>
    public IReadOnlyList<string> Names => [.. Files.Select(NameOf)];

    private IEnumerable<string> Files => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.bin").Where(IsModel).Order(StringComparer.Ordinal)
        : [];

    /// <summary>What to do where there is none.</summary>
    public string Advice => $"Download a model such as ggml-base.bin from {Source} into {Folder}.";

    /// <summary>The path of a model.</summary>
    /// <param name="name">
    /// Its name; null for the configured one, else the first there is. <c>base</c> is also a quantised <c>base-q5_1</c> where
    /// there is no other.
    /// </param>
    /// <exception cref="WorkloadException"><c>model_not_found</c>.</exception>
    public string Find(string? name) => TryFind(name) ?? throw new WorkloadException(
        "model_not_found",
        (name ?? options.Value.Model) is { } wanted
            ? $"There is no Whisper model '{wanted}' here{(Names.Count > 0 ? $"; there is {string.Join(", ", Names)}" : "")}. {Advice}"
            : $"There is no Whisper model here. {Advice}")
    {
        Property = "model",
    };

    /// <inheritdoc cref="Find"/>
    /// <returns>Null where there is none.</returns>
    public string? TryFind(string? name)
    {
        if (name is not null)
        {
            return Files.FirstOrDefault(file => NameOf(file) == name || Path.GetFileName(file) == name)
                ?? Files.Where(file => NameOf(file).StartsWith($"{name}-q", StringComparison.Ordinal)).MaxBy(file => new FileInfo(file).Length);
        }

        if (string.IsNullOrWhiteSpace(options.Value.Model))
            return Files.FirstOrDefault();
        return File.Exists(options.Value.Model) ? Path.GetFullPath(options.Value.Model) : TryFind(options.Value.Model);
    }

    /// <summary>What a job hears whose model can't be worked with.</summary>
    public static WorkloadException Unusable(string path, string why, Exception? cause = null) => new(
        "model_unusable", $"The Whisper model '{Path.GetFileName(path)}' can't be used: {why}. {Source} has models.", cause ?? new InvalidDataException(why));

    /// <summary>Whether a model, by its name, knows English alone: <c>base.en</c>, <c>base.en-q5_1</c>.</summary>
    public static bool IsEnglishOnly(string name) => name.EndsWith(".en", StringComparison.Ordinal) || name.Contains(".en-", StringComparison.Ordinal);

    /// <summary>Its name for a person and for requests: <c>base.en</c> for <c>ggml-base.en.bin</c>.</summary>
    public static string NameOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith("ggml-", StringComparison.Ordinal) ? name["ggml-".Length..] : name;
    }

    // Models that only find where somebody speaks lie beside the others.
    private static bool IsModel(string path) => !Path.GetFileName(path).Contains("silero", StringComparison.Ordinal);
}
