using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>
/// A form whose files go to the disk as they come. Where the workload takes one file, the job is there, and runs, before
/// the file is: whoever watches sees its bytes arrive. Where it takes several, their number shows only at the end, and the
/// job begins then.
/// </summary>
internal sealed class FileSubmission(
    HttpContext context, MultipartForm form, WorkloadDescriptor workload, UploadService uploads, JobService jobs,
    Func<JobSubmission, JobRequest> accept)
{
    private const int BufferBytes = 64 * 1024;
    private readonly string _owner = context.User.Owner();
    private readonly List<StoredFile> _files = [];
    private Submission? _job;

    private EarlierFiles Earlier => new(jobs, uploads, _owner);

    /// <summary>Takes the files and submits the job; returns once all of it is on disk.</summary>
    public async Task<Submission> RunAsync(MultipartSection first, CancellationToken cancellationToken)
    {
        try
        {
            for (var section = first; section is not null; section = await form.ReadNextFileAsync(cancellationToken))
            {
                if (!await TakeAsync(section, cancellationToken))
                    return _job!;
            }

            // Only now is it certain that nothing is wrong with the form, and the files may count as whole.
            foreach (var file in _files)
                await uploads.AppendAsync(file.Id, _owner, file.Received, Stream.Null, isRest: true, cancellationToken);
            if (_job is null)
                await SubmitAsync(cancellationToken);
            return _job!;
        }
        catch (Exception failure)
        {
            await BreakOffAsync(failure);
            if (failure is not ConnectionResetException && FormParts.IsMalformed(failure))
                throw FormParts.Malformed();
            throw;
        }
    }

    private async Task<bool> TakeAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (_files.Count == workload.MaxFiles)
            throw TooManyFiles();
        var bytes = PipeReader.Create(section.Body, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        var begin = await bytes.ReadAsync(cancellationToken);
        if (begin.Buffer.IsEmpty)
            throw Refuse(StatusCodes.Status422UnprocessableEntity, UploadException.Empty, "The file is empty.");
        bytes.AdvanceTo(begin.Buffer.Start);

        var file = await uploads.CreateAsync(_owner, FormParts.FileName(section), null, resumable: false, cancellationToken);
        _files.Add(file);
        using var expected = uploads.Expect(file.Id, form.LengthIfLast ?? 0);
        if (workload.MaxFiles == 1)
            await SubmitAsync(cancellationToken);
        if (_job is { Created: false })
        {
            // The same request came before: its job has its file, if it is the same file. This one is read to its end, so
            // that the answer is heard, and kept nowhere.
            await uploads.BreakAsync(file.Id, CameBefore());
            var digest = await FileDigest.OfAsync(bytes.AsStream(leaveOpen: true), uploads.MaxBytes, cancellationToken);
            if (digest.Length <= uploads.MaxBytes && await form.ReadNextFileAsync(cancellationToken) is not null)
                throw TooManyFiles();
            await Earlier.RequireSameAsync(_job.Snapshot.JobId, [digest], cancellationToken);
            return false;
        }

        _files[^1] = await uploads.AppendAsync(file.Id, _owner, 0, bytes.AsStream(leaveOpen: true), isRest: false, cancellationToken);
        return true;
    }

    private async Task SubmitAsync(CancellationToken cancellationToken)
    {
        var names = _files.Select(f => f.Name).ToList();
        var request = accept(form.ToSubmission(names));
        _job = await jobs.SubmitAsync(
            request with
            {
                Input = WithFiles(request.Input, [.. _files.Select(f => f.Id)]),
                IdempotencyInput = WithFiles(request.Input, names),
            },
            cancellationToken);
        var id = _job.Snapshot.JobId;

        // Also on an error's answer, for which all headers are set anew.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[ApiHeaders.JobId] = id.ToString();
            return Task.CompletedTask;
        });
        if (workload.MaxFiles > 1 && !_job.Created)
            await RequireSameAsync(id, cancellationToken);
    }

    /// <summary>The same request came before, and so should these files have; they are not needed once more.</summary>
    private async Task RequireSameAsync(JobId job, CancellationToken cancellationToken)
    {
        List<FileDigest> sent = [];
        foreach (var file in _files)
        {
            await using var content = File.OpenRead(uploads.PathOf(file) ?? throw new FileNotFoundException("An uploaded file is gone."));
            sent.Add(await FileDigest.OfAsync(content, uploads.MaxBytes, cancellationToken));
        }

        await Earlier.RequireSameAsync(job, sent, cancellationToken);
        foreach (var file in _files)
            await uploads.BreakAsync(file.Id, CameBefore());
    }

    private async Task BreakOffAsync(Exception failure)
    {
        var why = failure switch
        {
            UploadException e => e,
            RefusedException e => new UploadException(e.Problem.Code, e.Problem.Detail),
            _ => new UploadException(UploadException.Incomplete, "The upload broke off before the file was whole; send it again."),
        };
        if (_job is { Created: true })
            await jobs.BreakOffAsync(_job.Snapshot.JobId, _owner, _files.Select(f => f.Id), why);
        foreach (var file in _files)
            await uploads.BreakAsync(file.Id, why);
    }

    private JsonElement WithFiles(JsonElement input, List<string> values)
    {
        var property = workload.FileInput!;
        if (input.TryGetProperty(property, out _))
            throw Refuse(StatusCodes.Status400BadRequest, "invalid_body", $"The form has both a file and input.{property}.");
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var other in input.EnumerateObject())
                other.WriteTo(writer);
            if (workload.MaxFiles == 1)
                writer.WriteString(property, values[0]);
            else
                WriteList(writer, property, values);
            writer.WriteEndObject();
        }

        return JsonText.Read(stream.GetBuffer().AsSpan(0, (int)stream.Length), HttpJson.Default.JsonElement);
    }

    private static void WriteList(Utf8JsonWriter writer, string property, List<string> values)
    {
        writer.WriteStartArray(property);
        foreach (var value in values)
            writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static UploadException CameBefore() => new(UploadException.Incomplete, "The file came before.");

    private RefusedException TooManyFiles() => Refuse(
        StatusCodes.Status400BadRequest, "too_many_files", $"A job of this kind takes at most {workload.MaxFiles} files.");

    private static RefusedException Refuse(int status, string code, string detail) => new(status, code, detail, "file");
}
