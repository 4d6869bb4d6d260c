using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Http;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>A number that is written with a decimal point always, as a float of other languages is: <c>45.0</c>.</summary>
internal sealed class WithDecimalsConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.ToString("0.0##", CultureInfo.InvariantCulture));
}

/// <summary>The dialect's JSON; requests are read as strictly as the API's own.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(MessageRequest))]
[JsonSerializable(typeof(Message))]
[JsonSerializable(typeof(MessagePartials))]
[JsonSerializable(typeof(MessageRefusal))]
internal sealed partial class MessageJson : JsonSerializerContext;

/// <summary>An answer in the dialect's JSON, with the characters of all scripts as they are: it is data and never markup.</summary>
internal static class MessageText
{
    private static readonly MessageJson Json = new(new JsonSerializerOptions(MessageJson.Default.Options)
    {
        Encoder = ReadableEncoder.Instance,
    });

    public static byte[] Of(Message message) => JsonSerializer.SerializeToUtf8Bytes(message, Json.Message);

    public static byte[] Of(MessagePartials partials) => JsonSerializer.SerializeToUtf8Bytes(partials, Json.MessagePartials);

    public static byte[] Of(MessageRefusal refusal) => JsonSerializer.SerializeToUtf8Bytes(refusal, Json.MessageRefusal);
}

/// <summary>Such an answer as what an endpoint returns.</summary>
internal sealed class MessageAnswer(byte[] json, int status = StatusCodes.Status200OK) : IResult, IStatusCodeHttpResult
{
    /// <inheritdoc/>
    public int? StatusCode => status;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        return RawJson.WriteAsync(httpContext, json);
    }
}
