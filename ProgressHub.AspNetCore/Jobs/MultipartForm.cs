using Microsoft.AspNetCore.WebUtilities;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>
/// A submission as a form: <c>kind</c>, <c>input</c> and <c>webhook</c> as JSON, <c>title</c>, any number of <c>tags</c>,
/// <c>jobId</c>, and <c>file</c>: for a workload that takes files as many as it takes, for any other a text, which becomes <c>input.text</c>.
/// It is read part by part. What is kept in memory is bounded as any other body is; files that are streamed are not.
/// </summary>
internal sealed class MultipartForm
{
    private readonly FormParts _parts;
    private readonly Func<string, bool> _takesFiles;
    private readonly FormFields _fields = new();

    /// <param name="request">The request; nothing of its body has been read.</param>
    /// <param name="budget">How many bytes may be kept in memory.</param>
    /// <param name="takesFiles">Whether a workload takes files.</param>
    public MultipartForm(HttpRequest request, long budget, Func<string, bool> takesFiles) =>
        (_parts, _takesFiles) = (new FormParts(request, budget), takesFiles);

    /// <summary>The workload, as far as it was named.</summary>
    public string? Kind => _fields.Kind;

    /// <inheritdoc cref="FormParts.LengthIfLast"/>
    public long? LengthIfLast => _parts.LengthIfLast;

    /// <summary>Reads up to the first file that is to be streamed, or to the end.</summary>
    /// <returns>That file's part; null at the end.</returns>
    /// <exception cref="RefusedException">The form can't be read; the code and the property say what of it.</exception>
    public async Task<MultipartSection?> ReadFieldsAsync(CancellationToken cancellationToken)
    {
        while (await _parts.NextAsync(cancellationToken) is { } section)
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
        if (await _parts.NextAsync(cancellationToken) is not { } section)
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

    // Other servers call it audio_file, document and so on.
    private static string? NameOf(MultipartSection section) =>
        FormParts.NameOf(section) is var name && name is not ("kind" or "title" or "jobId" or "tags" or "input" or "webhook") && FormParts.IsFile(section) ? "file" : name;

    private async Task ReadPartAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        var name = NameOf(section);
        switch (name)
        {
            case "kind":
                _fields.Kind = await _parts.ReadFieldAsync(section, name, cancellationToken);
                break;
            case "title":
                _fields.Title = await _parts.ReadFieldAsync(section, name, cancellationToken);
                break;
            case "jobId":
                _fields.JobId = JobId.TryParse(await _parts.ReadFieldAsync(section, name, cancellationToken), null, out var id)
                    ? id : throw Refuse("invalid_body", "'jobId' is not 32 lower-case hexadecimal digits.", name);
                break;
            case "tags":
                _fields.Tags.Add(await _parts.ReadFieldAsync(section, name, cancellationToken));
                break;
            case "input":
                using (var body = await _parts.ReadBytesAsync(section, cancellationToken))
                    _fields.Input = JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), HttpJson.Default.JsonElement);
                break;
            case "webhook":
                using (var body = await _parts.ReadBytesAsync(section, cancellationToken, FormParts.MaxField, name))
                    _fields.Webhook = JsonText.Read(body.GetBuffer().AsSpan(0, (int)body.Length), JobsJson.Default.WebhookSubmission);
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
            using var body = await _parts.ReadBytesAsync(section, cancellationToken);
            _fields.File = TextFile.Read(FormParts.FileName(section), body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (RefusedException refusal) when (_fields.Kind is null && refusal.Problem.Code is "invalid_utf8" or "body_too_large")
        {
            throw FileFirst();
        }
    }

    private static RefusedException FileFirst() => Refuse(
        "fields_after_file", "A file is taken as it comes: put kind, input and the other fields before it in the form.", "file");

    private static RefusedException Refuse(string code, string detail, string? property = null) =>
        new(StatusCodes.Status400BadRequest, code, detail, property);
}
