using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.WebUtilities;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>
/// Takes a form with its file and fields in any order; the file goes to disk as it comes. Where the job's id is known
/// before the file, the job is there before it, so that whoever chose the id sees the bytes arrive; what fields behind the
/// file say is added to it then.
/// </summary>
internal sealed class TranscriptionIntake(
    HttpContext context, FormParts form, TranscriptionFields fields, ModelChoice models, UploadService uploads, JobService jobs)
{
    private const int BufferBytes = 64 * 1024;
    private readonly string _owner = context.User.Owner();
    private StoredFile? _file;
    private JsonElement _input;
    private JobSnapshot? _job;

    /// <summary>The job's id, as soon as it is known; given where the address or a header has it.</summary>
    public ChosenId? Id { get; private set; } = ChosenOutside(context.Request, context.User.Owner());

    /// <summary>Reads the form to its end and submits the job.</summary>
    /// <exception cref="RefusedException">The form is not acceptable; a job that was there has failed by that.</exception>
    public async Task<JobSnapshot> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await form.NextAsync(cancellationToken) is { } section)
            {
                if (FormParts.IsFile(section))
                    await TakeFileAsync(section, cancellationToken);
                else
                    await fields.ReadAsync(form, section, cancellationToken);
            }

            fields.Check();
            if (_file is null)
                throw Refuse("missing_required_parameter", "The form has no file: the recording is the part 'file', sent with a file name.", "file");
            return await CompleteAsync(_file, cancellationToken);
        }
        catch (Exception failure)
        {
            await BreakOffAsync(failure);
            if (failure is not ConnectionResetException && FormParts.IsMalformed(failure))
                throw FormParts.Malformed();
            throw;
        }
    }

    private static ChosenId? ChosenOutside(HttpRequest request, string owner)
    {
        var query = request.Query["job_id"].ToString();
        var header = request.Headers[ApiHeaders.JobId].ToString();
        return query.Length > 0 && header.Length > 0 && query != header
            ? throw TwoIds() : ChosenId.Parse(query.Length > 0 ? query : header, owner);
    }

    private async Task TakeFileAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (_file is not null)
            throw Refuse("too_many_files", "A transcription takes one file.", "file");
        var bytes = PipeReader.Create(section.Body, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        var begin = await bytes.ReadAsync(cancellationToken);
        if (begin.Buffer.IsEmpty)
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, UploadException.Empty, "The file is empty.", "file");
        bytes.AdvanceTo(begin.Buffer.Start);

        _file = await uploads.CreateAsync(_owner, FormParts.FileName(section), null, resumable: false, cancellationToken);
        using var expected = uploads.Expect(_file.Id, form.LengthIfLast ?? 0);
        NameJob();
        if (Id is { } known)
            await SubmitAsync(_file, known, cancellationToken);
        _file = await uploads.AppendAsync(_file.Id, _owner, 0, bytes.AsStream(leaveOpen: true), isRest: false, cancellationToken);
    }

    private async Task<JobSnapshot> CompleteAsync(StoredFile file, CancellationToken cancellationToken)
    {
        NameJob();
        if (_job is not null)
        {
            var input = await InputAsync(file, cancellationToken);
            if (!JsonElement.DeepEquals(input, _input))
                await jobs.AmendAsync(_job.JobId, _owner, input, cancellationToken);
        }

        // Only now is it certain that nothing is wrong with the form, and the file may count as whole.
        file = await uploads.AppendAsync(file.Id, _owner, file.Received, Stream.Null, isRest: true, cancellationToken);
        if (_job is not null)
            return _job;

        // What is plainly something else need not wait for its turn to hear so.
        if (file.MediaType.StartsWith("text/", StringComparison.Ordinal) || file.MediaType.StartsWith("image/", StringComparison.Ordinal)
            || file.MediaType is "application/pdf" or "application/zip")
        {
            throw new RefusedException(
                StatusCodes.Status415UnsupportedMediaType, "not_audio",
                $"The file is {file.MediaType} and not audio or video of a kind that is known here, such as WAV, MP3, Ogg, M4A, FLAC or WebM.", "file");
        }

        await SubmitAsync(file, Id ?? ChosenId.New(), cancellationToken);
        return _job!;
    }

    private async Task SubmitAsync(StoredFile file, ChosenId id, CancellationToken cancellationToken)
    {
        Id = id;
        _input = await InputAsync(file, cancellationToken);
        var request = new JobRequest
        {
            Kind = TranscriptionDialect.Kind,
            Title = EventText.Line(file.Name, JobService.MaxTitle),
            Input = _input,
            Owner = _owner,
            Id = id.Job,
        };
        try
        {
            _job = (await jobs.SubmitAsync(request, cancellationToken)).Snapshot;
        }
        catch (JobConflictException taken) when (taken.Code == "job_id_taken")
        {
            throw new RefusedException(
                StatusCodes.Status409Conflict, taken.Code, "There is, or was, a transcription of that job_id; choose another.", "job_id");
        }

        // Also on an error's answer, for which all headers are set anew.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[ApiHeaders.JobId] = id.Text;
            context.Response.Headers.Link = $"<{JobUrls.Self(id.Job)}>; rel=\"alternate\"";
            return Task.CompletedTask;
        });
    }

    private async Task<JsonElement> InputAsync(StoredFile file, CancellationToken cancellationToken)
    {
        var (engine, model) = await models.OfAsync(fields.Model, cancellationToken);
        var hints = await models.TakesHintsAsync(engine, cancellationToken);
        return JsonSerializer.SerializeToElement(
            new WorkloadOrder(
                file.Id, engine, model, fields.Language, hints ? fields.Prompt : null, hints ? fields.Temperature : null,
                fields.Task, fields.Channels),
            TranscriptionJson.Wire.WorkloadOrder);
    }

    private void NameJob()
    {
        if (ChosenId.Parse(fields.JobId, _owner) is not { } chosen || chosen == Id)
            return;
        Id = Id is null ? chosen : throw TwoIds();
    }

    private async Task BreakOffAsync(Exception failure)
    {
        if (_file is not { } file)
            return;
        var why = failure switch
        {
            UploadException e => e,
            RefusedException e => new UploadException(e.Problem.Code, e.Problem.Detail),
            Core.Workloads.WorkloadException e => new UploadException(e.Code, e.Message),
            _ => new UploadException(UploadException.Incomplete, "The upload broke off before the file was whole; send it again."),
        };
        if (_job is not null)
            await jobs.BreakOffAsync(_job.JobId, _owner, [file.Id], why);
        await uploads.BreakAsync(file.Id, why);
    }

    private static RefusedException TwoIds() => Refuse("invalid_job_id", "The request has two different job ids.", "job_id");

    private static RefusedException Refuse(string code, string detail, string property) =>
        new(StatusCodes.Status400BadRequest, code, detail, property);
}
