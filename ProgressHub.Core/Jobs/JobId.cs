using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Core.Jobs;

/// <summary>The identity of a job: 128 random bits, written as 32 lower-case hexadecimal digits.</summary>
[JsonConverter(typeof(JobIdConverter))]
public readonly record struct JobId : IParsable<JobId>
{
    private const int Bytes = 16;
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");
    private readonly string? _text;

    private JobId(string text) => _text = text;

    /// <summary>A new random id from the operating system's generator; it can't be guessed.</summary>
    public static JobId New() => new(RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true));

    /// <summary>Reads 32 lower-case hexadecimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static JobId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A job id is 32 lower-case hexadecimal digits.");

    /// <summary>Reads 32 lower-case hexadecimal digits; anything else is not an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JobId result)
    {
        var valid = s is { Length: Bytes * 2 } && !s.AsSpan().ContainsAnyExcept(Digits);
        result = valid ? new JobId(s!) : default;
        return valid;
    }

    /// <summary>The 32 digits.</summary>
    public override string ToString() => _text ?? new string('0', Bytes * 2);
}

/// <summary>A <see cref="JobId"/> as a JSON string.</summary>
internal sealed class JobIdConverter : JsonConverter<JobId>
{
    /// <inheritdoc/>
    public override JobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JobId.TryParse(reader.GetString(), null, out var id) ? id : throw new JsonException("Not a job id.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JobId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
