using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>
/// Updates as NDJSON, one a line, in one request that may last as long as the work: what has come is applied at once, and
/// what comes meanwhile goes together. A line with the answer so far goes back, one each tenth of a second at most; a
/// program that reads none of them until the end loses nothing.
/// </summary>
internal sealed class UpdateStream(HttpContext context, Job job, ReportDelivery delivery, TimeProvider time, CancellationToken ended)
{
    /// <summary>The longest line, in bytes.</summary>
    public const int MaxLine = 256 * 1024;

    private const int MaxGroup = 256;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly PipeReader _body = context.Request.BodyReader;
    private readonly List<(long Line, WorkloadUpdate Update)> _group = [];
    private Task _told = Task.CompletedTask;
    private long? _toldAt;
    private ExternalAnswer? _answer;
    private SequencePosition _readEnd;
    private long _line;

    public async Task RunAsync()
    {
        // It may be quiet for hours, and as long as the work in all; lines are what is bounded.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
        context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = null;
        context.Features.Get<IHttpMinResponseDataRateFeature>()?.MinDataRate = null;
        try
        {
            while (await ReadGroupAsync() is var more)
            {
                await DeliverAsync();
                if (!more)
                    break;
                Tell();
            }
        }
        catch (RefusedException refusal) when (context.Response.HasStarted)
        {
            await WriteAsync(refusal.Problem.Serialize(context));
            return;
        }

        await WriteAsync(Bytes(_answer!));
    }

    /// <summary>Reads what has come, at least a line; false after the last.</summary>
    private async Task<bool> ReadGroupAsync()
    {
        _group.Clear();
        while (true)
        {
            var read = await _body.ReadAsync(ended);
            var rest = read.Buffer;
            _readEnd = rest.End;
            var begun = _line;
            while (_group.Count < MaxGroup && TryReadLine(ref rest, read.IsCompleted) is { } line)
                await AddAsync(line);

            var full = _group.Count == MaxGroup;
            if (!full && rest.Length > MaxLine)
                await RefuseAsync(Problem.Of(StatusCodes.Status413PayloadTooLarge, "line_too_long", $"A line has at most {MaxLine} bytes."), _line + 1);
            _body.AdvanceTo(rest.Start, full ? rest.Start : rest.End);
            if (full || (_line > begun && !read.IsCompleted))
                return true;
            if (read.IsCompleted)
                return false;
        }
    }

    /// <summary>The next line without its end; at the end of the body also what has none.</summary>
    private static ReadOnlySequence<byte>? TryReadLine(ref ReadOnlySequence<byte> rest, bool isLast)
    {
        ReadOnlySequence<byte> line;
        if (rest.PositionOf((byte)'\n') is { } end)
        {
            line = rest.Slice(0, end);
            rest = rest.Slice(rest.GetPosition(1, end));
        }
        else if (isLast && rest.Length is > 0 and <= MaxLine)
        {
            line = rest;
            rest = rest.Slice(rest.End);
        }
        else
        {
            return null;
        }

        return line;
    }

    private async Task AddAsync(ReadOnlySequence<byte> line)
    {
        _line++;
        var text = line.ToArray();
        if (text.AsSpan().Trim(" \r\t"u8).IsEmpty)
            return;
        try
        {
            if (text.Length > MaxLine)
                throw new RefusedException(StatusCodes.Status413PayloadTooLarge, "line_too_long", $"A line has at most {MaxLine} bytes.");
            _group.Add((_line, ReportReading.Update(JsonText.Read(text, ExternalJson.Default.UpdateBody))));
        }
        catch (RefusedException refusal)
        {
            await RefuseAsync(refusal.Problem, _line);
        }
    }

    /// <summary>What came before the line at fault is applied first.</summary>
    private async Task RefuseAsync(Problem problem, long line)
    {
        // The read under way is let go of, or the server could not take the rest of the body off the connection.
        _body.AdvanceTo(_readEnd);
        await DeliverAsync();
        throw new RefusedException(problem with { Line = line });
    }

    private async Task DeliverAsync()
    {
        try
        {
            _answer = await delivery.UpdateAsync(job, [.. _group.Select(g => g.Update)], ended);
        }
        catch (WorkloadException)
        {
            // One of them is at fault, and none was applied; those before it count.
            foreach (var (line, update) in _group)
                await DeliverAsync(line, update);
        }
    }

    private async Task DeliverAsync(long line, WorkloadUpdate update)
    {
        try
        {
            _answer = await delivery.UpdateAsync(job, [update], ended);
        }
        catch (WorkloadException failure)
        {
            throw new RefusedException(ProblemMapping.Of(failure, context) with { Line = line });
        }
    }

    /// <summary>Answers are cumulative: while one waits for its time, or for the program to read it, no other is begun.</summary>
    private void Tell()
    {
        if (_told.IsCompletedSuccessfully)
            _told = TellAsync();
    }

    private async Task TellAsync()
    {
        if (_toldAt is { } before && Pace - time.GetElapsedTime(before) is { Ticks: > 0 } rest)
            await Task.Delay(rest, time, ended);
        _toldAt = time.GetTimestamp();
        await SendAsync(Bytes(_answer!));
    }

    private async Task WriteAsync(byte[] json)
    {
        await _told;
        await SendAsync(json);
    }

    private async Task SendAsync(byte[] json)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "application/x-ndjson; charset=utf-8";
        await context.Response.Body.WriteAsync((byte[])[.. json, (byte)'\n'], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static byte[] Bytes(ExternalAnswer answer) =>
        JsonSerializer.SerializeToUtf8Bytes(answer, ExternalJson.Default.ExternalAnswer);
}
