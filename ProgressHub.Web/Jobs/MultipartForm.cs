using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Problems;

namespace ProgressHub.Web.Jobs;

/// <summary>
/// A submission as a form: <c>kind</c>, <c>input</c> and <c>webhook</c> as JSON, <c>title</c>, any number of <c>tags</c>,
/// <c>jobId</c>, and <c>file</c>: for a workload that takes files as many as it takes, for any other a text, which becomes <c>input.text</c>.
/// It is read part by part. What is kept in memory is bounded as any other body is; files that are streamed are not.
/// </summary>
internal sealed class MultipartForm
{
    private const int MaxField = 16 * 1024;
    private const int MaxParts = 64;

    private readonly HttpRequest _request;
    private readonly MultipartReader _reader;
    private readonly int _boundary;
    private readonly Func<string, bool> _takesFiles;
    private readonly FormFields _fields = new();
    private long _budget;
    private long _position;
    private int _parts;

    /// <param name="request">The request; nothing of its body has been read.</param>
    /// <param name="budget">How many bytes may be kept in memory.</param>
    /// <param name="takesFiles">Whether a workload takes files.</param>
    public MultipartForm(HttpRequest request, long budget, Func<string, bool> takesFiles)
    {
        var boundary = Boundary(request);
        (_request, _budget, _takesFiles, _boundary) = (request, budget, takesFiles, boundary.Length);
        _reader = new MultipartReader(boundary, request.Body);
        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
    }

    /// <summary>The workload, as far as it was named.</summary>
    public string? Kind => _fields.Kind;

    /// <summary>How many bytes the file that begins now has, if nothing follows it; null where the request does not say.</summary>
    public long? LengthIfLast => _request.ContentLength - _position - _boundary - "\r\n----\r\n".Length is > 0 and var length ? length : null;

    /// <summary>Reads up to the first file that is to be streamed, or to the end.</summary>
    /// <returns>That file's part; null at the end.</returns>
    /// <exception cref="RefusedException">The form can't be read; the code and the property say what of it.</exception>
    public async Task<MultipartSection?> ReadFieldsAsync(CancellationToken cancellationToken)
    {
        while (await NextAsync(cancellationToken) is { } section)
        {
            if (NameOf(section) == "file" && _fields.Kind is { } kind && _takesFiles(kind))
                return section;
            await ReadPartAsync(section, cancellationToken);
        }

        return null;
    }

    /// <summary>The next part, after a file that was streamed; it is another file. Null at the end.</summary>
    /// <exception cref="RefusedException">The form can't be read, or a field comes after a file.</exception>
    public async Task<MultipartSection?> ReadNextFileAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken) is not { } section)
            return null;
        return NameOf(section) == "file" ? section : throw FileFirst();
    }

    /// <summary>The submission that the fields make.</summary>
    /// <param name="streamed">The names of files that are not among the fields.</param>
    /// <exception cref="RefusedException">Something is missing or too much.</exception>
    public JobSubmission ToSubmission(IReadOnlyList<string>? streamed = null)
    {
        if (_fields is { File: not null, Kind: { } kind } && _takesFiles(kind))
            throw FileFirst();
        return _fields.ToSubmission(streamed);
    }

    /// <summary>What its sender calls a file; without a path, null where there is no name.</summary>
    public static string? FileName(MultipartSection section)
    {
        var disposition = section.GetContentDispositionHeader()!;
        var name = HeaderUtilities.RemoveQuotes(
            disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).ToString();

        // Old browsers sent whole paths, of either kind of system.
        return name[(name.LastIndexOfAny(['/', '\\']) + 1)..] is { Length: > 0 } last ? last : null;
    }

    public static RefusedException Malformed() => Refuse("malformed_multipart", "The form breaks off or breaks its rules.");

    private static string? NameOf(MultipartSection section) => section.GetContentDispositionHeader()?.Name.ToString().Trim('"');

    private static string Boundary(HttpRequest request)
    {
        var type = MediaTypeHeaderValue.Parse(request.ContentType);
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            throw new RefusedException(ProblemMapping.Of(StatusCodes.Status415UnsupportedMediaType));
        return HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? boundary.ToString()
            : throw Refuse("malformed_multipart", "The Content-Type names no boundary.");
    }

    private async Task<MultipartSection?> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _reader.ReadNextSectionAsync(cancellationToken) is not { } section)
                return null;
            if (_parts++ == MaxParts)
                throw Refuse("too_many_parts", $"A form has at most {MaxParts} parts.");
            _position += HeadLength(section);
            return section;
        }
        catch (Exception failure) when (IsMalformed(failure))
        {
            throw Malformed();
        }
    }

    // A delimiter line, the headers a line each, and an empty line (RFC 2046, section 5.1.1).
    private long HeadLength(MultipartSection section) => (_parts > 1 ? 2 : 0) + 2 + _boundary + 2 + 2 +
        section.Headers!.Sum(h => h.Key.Length + 2 + Encoding.UTF8.GetByteCount(h.Value.ToString()) + 2L);

    private async Task ReadPartAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var name = NameOf(section);
        switch (name)
        {
            case "kind":
                _fields.Kind = await ReadFieldAsync(section, name, cancellationToken);
                break;
            case "title":
                _fields.Title = await ReadFieldAsync(section, name, cancellationToken);
                break;
            case "jobId":
                _fields.JobId = JobId.TryParse(await ReadFieldAsync(section, name, cancellationToken), null, out var id)
                    ? id : throw Refuse("invalid_body", "'jobId' is not 32 lower-case hexadecimal digits.", name);
                break;
            case "tags":
                _fields.Tags.Add(await ReadFieldAsync(section, name, cancellationToken));
                break;
            case "input":
                using (var body = await ReadBytesAsync(section, cancellationToken))
                    _fields.Input = JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), ApiJson.Default.JsonElement);
                break;
            case "webhook":
                using (var body = await ReadBytesAsync(section, cancellationToken, MaxField, name))
                    _fields.Webhook = JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), ApiJson.Default.WebhookSubmission);
                break;
            case "file" when _fields.File is null:
                await ReadTextFileAsync(section, cancellationToken);
                break;
            case "file":
                throw Refuse("too_many_files", "A job of this kind takes one file.", "file");
            default:
                throw Refuse("unknown_part", "A form has kind, input, title, tags, jobId, webhook and file, and no other part.", name);
        }
    }

    private async Task ReadTextFileAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await ReadBytesAsync(section, cancellationToken);
            _fields.File = TextFile.Read(FileName(section), body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (RefusedException refusal) when (_fields.Kind is null && refusal.Problem.Code is "invalid_utf8" or "body_too_large")
        {
            throw FileFirst();
        }
    }

    private async Task<string> ReadFieldAsync(MultipartSection section, string name, CancellationToken cancellationToken)
    {
        using var body = await ReadBytesAsync(section, cancellationToken, MaxField, name);
        return TextFile.Decode(body.GetBuffer().AsSpan(0, (int)body.Length), name);
    }

    private async Task<MemoryStream> ReadBytesAsync(
        MultipartSection section, CancellationToken cancellationToken, long limit = long.MaxValue, string? name = null)
    {
        var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (await section.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
            {
                if (body.Length + read > limit)
                    throw Refuse("field_too_long", $"'{name}' is longer than {limit} bytes.", name);
                if ((_budget -= read) < 0)
                    throw new RefusedException(ProblemMapping.Of(StatusCodes.Status413PayloadTooLarge));
                body.Write(buffer, 0, read);
            }
        }
        catch (Exception failure) when (IsMalformed(failure))
        {
            throw Malformed();
        }

        _position += body.Length;
        return body;
    }

    public static bool IsMalformed(Exception failure) =>
        failure is InvalidDataException or (IOException and not BadHttpRequestException);

    private static RefusedException FileFirst() => Refuse(
        "fields_after_file", "A file is taken as it comes: put kind, input and the other fields before it in the form.", "file");

    private static RefusedException Refuse(string code, string detail, string? property = null) =>
        new(StatusCodes.Status400BadRequest, code, detail, property);
}
