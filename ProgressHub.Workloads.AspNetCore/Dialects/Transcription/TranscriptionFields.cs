using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>The fields of a form so far, checked one by one as they come.</summary>
/// <param name="route">Whose rules hold.</param>
internal sealed class TranscriptionFields(TranscriptionRoute route)
{
    private static readonly string[] Formats = ["json", "text", "srt", "verbose_json", "vtt"];
    private readonly HashSet<string> _granularities = [];

    public string? JobId { get; private set; }

    public string? Model { get; private set; }

    public string? Language { get; private set; }

    public string? Prompt { get; private set; }

    public double? Temperature { get; private set; }

    /// <summary>How the answer looks; null where that is the route's own.</summary>
    public string? Format { get; private set; }

    public bool Streams { get; private set; }

    /// <summary>What is to be done, as the workload calls it; null for what it does by itself.</summary>
    public string? Task { get; private set; } = route == TranscriptionRoute.OpenAITranslation ? "translate" : null;

    /// <summary>How channels are heard, as the workload calls it; null for together.</summary>
    public string? Channels { get; private set; }

    /// <summary>Whether words with their times are asked for.</summary>
    public bool TellsWords => _granularities.Contains("word");

    /// <summary>Whether segments are, which they are where nothing is said of it.</summary>
    public bool TellsSegments => _granularities.Count == 0 || _granularities.Contains("segment");

    /// <summary>Takes a field; one that means nothing here is passed over, as OpenAI does.</summary>
    /// <exception cref="RefusedException">Its value is none that is possible.</exception>
    public async Task ReadAsync(FormParts form, MultipartSection section, CancellationToken cancellationToken)
    {
        if (FormParts.NameOf(section) is not { Length: > 0 } name)
            throw FormParts.Malformed();
        var value = (await form.ReadFieldAsync(section, name, cancellationToken)).Trim();
        if (value.Length == 0)
            return;
        switch (name)
        {
            case "job_id":
                JobId = value;
                break;
            case "model":
                Model = value;
                break;
            case "language":
                Language = value;
                break;
            case "prompt":
                Prompt = value;
                break;
            case "temperature":
                Temperature = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
                    ? number : throw Refuse("invalid_value", "'temperature' is a number from 0 to 1.", name);
                break;
            case "response_format":
                Format = Formats.Contains(value) ? value
                    : throw Refuse("invalid_value", $"'response_format' is one of {string.Join(", ", Formats)}.", name);
                break;
            case "stream":
                Streams = IsTrue(value, name);
                break;
            case "task":
                Task = value is "transcribe" or "translate" ? value
                    : throw Refuse("invalid_value", "'task' is transcribe or translate.", name);
                break;
            case "channels":
                Channels = value is "mix" or "separate" ? value
                    : throw Refuse("invalid_value", "'channels' is mix or separate.", name);
                break;
            case "diarize":
                Channels ??= IsTrue(value, name) ? "separate" : null;
                break;
            case "timestamp_granularities" or "timestamp_granularities[]":
                _granularities.Add(value is "word" or "segment" ? value
                    : throw Refuse("invalid_value", "'timestamp_granularities' has word or segment.", "timestamp_granularities"));
                break;
            case "include" or "include[]":
                throw Refuse("unsupported_value", "The engines of this server tell no log probabilities; leave 'include' out.", "include");
        }
    }

    /// <summary>Whether the fields fit each other, once all of them are here.</summary>
    /// <exception cref="RefusedException">They do not.</exception>
    public void Check()
    {
        if (route != TranscriptionRoute.Plain && Model is null)
            throw Refuse("missing_required_parameter", "You must provide a model parameter.", "model");
        if (_granularities.Count > 0 && Format is not ("verbose_json" or "srt" or "vtt"))
            throw Refuse("invalid_value", "'timestamp_granularities' needs response_format=verbose_json, srt or vtt.", "timestamp_granularities");
        if (Streams && Format is not (null or "json" or "text"))
            throw Refuse("unsupported_value", "'stream' goes with response_format json or text.", "stream");
    }

    private static bool IsTrue(string value, string name) => value switch
    {
        "true" or "1" or "True" => true,
        "false" or "0" or "False" or "null" => false,
        _ => throw Refuse("invalid_value", $"'{name}' is true or false.", name),
    };

    private static RefusedException Refuse(string code, string detail, string name) =>
        new(StatusCodes.Status400BadRequest, code, detail, name);
}
