using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Web.Problems;

namespace ProgressHub.Web.Jobs;

/// <summary>
/// A submission as a form: <c>kind</c>, <c>input</c> as JSON, <c>title</c>, any number of <c>tags</c>,
/// <c>webhook</c> as JSON, and a text <c>file</c>, which becomes <c>input.text</c>. It is read part by part; the endpoint's body limit bounds it.
/// </summary>
internal static class MultipartSubmission
{
    private const int MaxField = 16 * 1024;
    private const int MaxParts = 64;

    /// <exception cref="RefusedException">The form can't be read; the code and the property say what of it.</exception>
    public static async Task<JobSubmission> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var parts = new Parts();
        try
        {
            var reader = new MultipartReader(Boundary(request), request.Body);
            for (var count = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; count++)
            {
                if (count == MaxParts)
                    throw Refuse("too_many_parts", $"A form has at most {MaxParts} parts.");
                await ReadPartAsync(section, parts, cancellationToken);
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw Refuse("malformed_multipart", "The form breaks off or breaks its rules.");
        }

        return parts.ToSubmission();
    }

    private static string Boundary(HttpRequest request)
    {
        var type = MediaTypeHeaderValue.Parse(request.ContentType);
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(ProblemMapping.Of(StatusCodes.Status415UnsupportedMediaType));
        return HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? boundary.ToString()
            : throw Refuse("malformed_multipart", "The Content-Type names no boundary.");
    }

    private static async Task ReadPartAsync(
        MultipartSection section, Parts parts, CancellationToken cancellationToken)
    {
        var name = section.GetContentDispositionHeader()?.Name.ToString().Trim('"');
        switch (name)
        {
            case "kind":
                parts.Kind = await ReadFieldAsync(section, name, cancellationToken);
                break;
            case "title":
                parts.Title = await ReadFieldAsync(section, name, cancellationToken);
                break;
            case "tags":
                parts.Tags.Add(await ReadFieldAsync(section, name, cancellationToken));
                break;
            case "input":
                using (var body = await ReadBytesAsync(section, cancellationToken))
                    parts.Input = JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), ApiJson.Default.JsonElement);
                break;
            case "webhook":
                using (var body = await ReadBytesAsync(section, cancellationToken, MaxField, name))
                    parts.Webhook = JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), ApiJson.Default.WebhookSubmission);
                break;
            case "file" when parts.File is null:
                using (var body = await ReadBytesAsync(section, cancellationToken))
                    parts.File = TextFile.Read(FileName(section), body.GetBuffer().AsSpan(0, (int)body.Length));
                break;
            case "file":
                throw Refuse("too_many_files", "A job of this kind takes one file.", "file");
            default:
                throw Refuse("unknown_part", "A form has kind, input, title, tags, webhook and file, and no other part.", name);
        }
    }

    private static string? FileName(MultipartSection section)
    {
        var disposition = section.GetContentDispositionHeader()!;
        var name = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();

        // Old browsers sent whole paths, of either kind of system.
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } last ? last : null;
    }

    private static async Task<string> ReadFieldAsync(
        MultipartSection section, string name, CancellationToken cancellationToken)
    {
        using var body = await ReadBytesAsync(section, cancellationToken, MaxField, name);
        return TextFile.Decode(body.GetBuffer().AsSpan(0, (int)body.Length), name);
    }

    private static async Task<MemoryStream> ReadBytesAsync(
        MultipartSection section, CancellationToken cancellationToken, long limit = long.MaxValue, string? name = null)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await section.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > limit)
                throw Refuse("field_too_long", $"'{name}' is longer than {limit} bytes.", name);
            body.Write(buffer, 0, read);
        }

        return body;
    }

    private static RefusedException Refuse(string code, string detail, string? property = null) =>
        new(StatusCodes.Status400BadRequest, code, detail, property);

    private sealed class Parts
    {
        public string? Kind { get; set; }

        public string? Title { get; set; }

        public List<string> Tags { get; } = [];

        public JsonElement? Input { get; set; }

        public TextFile? File { get; set; }

        public WebhookSubmission? Webhook { get; set; }

        public JobSubmission ToSubmission() => new()
        {
            Kind = Kind ?? throw Refuse("invalid_body", "The form has no 'kind'.", "kind"),
            Title = Title ?? EventText.Line(File?.Name, JobService.MaxTitle),
            Tags = Tags,
            Webhook = Webhook,
            Input = File is null
                ? Input ?? throw Refuse("invalid_body", "The form has neither 'input' nor 'file'.", "input")
                : File.Into(Input),
        };
    }
}
