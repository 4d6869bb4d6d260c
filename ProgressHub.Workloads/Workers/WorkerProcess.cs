using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Workers;

/// <summary>A running worker as its host sees it. One request at a time; after a failure that is not an answer it is of no more use.</summary>
internal sealed partial class WorkerProcess : IDisposable
{
    /// <summary>How a worker ends that has no memory left.</summary>
    public const int OutOfMemoryExitCode = 83;

    private const int SigKill = 9;
    private static readonly TimeSpan Dying = TimeSpan.FromSeconds(2);
    private static readonly string[] SignsOfWant = ["Out of memory", "OutOfMemory", "bad_alloc", "Out of Memory Error", "std::length_error"];
    private readonly Process _process;
    private readonly WorkerTail _tail;
    private bool _begun;
    private int _disposed;

    private WorkerProcess(Process process)
    {
        _process = process;
        _tail = new WorkerTail(process.StandardError);
    }

    /// <summary>Its process.</summary>
    public int Id => _process.Id;

    /// <summary>How many requests it has had.</summary>
    public int Uses { get; private set; }

    /// <summary>Whether it may be asked.</summary>
    public bool IsAlive => Volatile.Read(ref _disposed) == 0 && !_process.HasExited;

    /// <summary>Starts one; returns once it is ready.</summary>
    /// <exception cref="WorkerEndedException">It can't be started, or is no worker.</exception>
    public static async Task<WorkerProcess> StartAsync(
        WorkerKind kind, WorkerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        Process process;
        try
        {
            process = await ProcessStarter.StartAsync(WorkerCommand.Of(kind, options));
        }
        catch (Win32Exception exception)
        {
            throw new WorkerEndedException(WorkerEnd.NotStarted, $"The worker '{kind.Name}' can't be started.", innerException: exception);
        }

        var worker = new WorkerProcess(process);
        try
        {
            using var patience = new CancellationTokenSource(options.StartTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                var first = await worker.ReadAsync(either.Token);
                return first.Type == WorkerReplyType.Ready
                    ? worker
                    : throw new WorkerEndedException(WorkerEnd.Garbage, $"The worker '{kind.Name}' does not begin as one.");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new WorkerEndedException(
                    WorkerEnd.NotStarted, $"The worker '{kind.Name}' was not ready within {options.StartTimeout.TotalSeconds:0} s. {WorkerProgram.WhatToAdd}", worker._tail.Text);
            }
            catch (WorkerEndedException ended) when (ended.End is WorkerEnd.Crashed or WorkerEnd.Garbage)
            {
                throw new WorkerEndedException(
                    WorkerEnd.NotStarted, $"The worker '{kind.Name}' ended before it was ready. {WorkerProgram.WhatToAdd}", ended.LastWords, ended);
            }
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <summary>Has it do something.</summary>
    /// <exception cref="WorkloadException">It says why it could not; it may be asked again.</exception>
    /// <exception cref="WorkerEndedException">It ended. Dispose it, as after a cancellation too.</exception>
    public async Task<JsonElement> AskAsync(WorkerRequest request, Action<JsonElement>? progress, CancellationToken cancellationToken)
    {
        var wasIdle = Uses++ > 0;
        try
        {
            return await AskOnceAsync(request, progress, cancellationToken);
        }
        catch (WorkerEndedException ended) when (wasIdle && !_begun && ended.End == WorkerEnd.Crashed)
        {
            throw new WorkerEndedException(WorkerEnd.WhileIdle, ended.Message, ended.LastWords, ended);
        }
    }

    /// <summary>Ends its pipe, as the end of its host does.</summary>
    public void CloseInput() => _process.StandardInput.Close();

    /// <summary>Kills it and all that it started.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        KillAll();
        _process.WaitForExit(Dying);
        _process.Dispose();
    }

    private void KillAll()
    {
        if (WorkerCommand.OwnGroup)
            _ = Kill(-_process.Id, SigKill);
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
    }

    private async Task<JsonElement> AskOnceAsync(WorkerRequest request, Action<JsonElement>? progress, CancellationToken cancellationToken)
    {
        _begun = false;
        try
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(request, WorkerJson.Default.WorkerRequest);
            await WorkerFrames.WriteAsync(_process.StandardInput.BaseStream, json, cancellationToken);
        }
        catch (IOException broken)
        {
            throw await EndedAsync(broken);
        }

        while (true)
        {
            var reply = await ReadAsync(cancellationToken);
            switch (reply)
            {
                case { Type: WorkerReplyType.Begun }:
                    _begun = true;
                    break;
                case { Type: WorkerReplyType.Progress, Body: { } body }:
                    progress?.Invoke(body);
                    break;
                case { Type: WorkerReplyType.Result, Body: { } body }:
                    return body;
                case { Type: WorkerReplyType.Failure, Error: { } error }:
                    throw new WorkloadException(error.Code, error.Message) { Property = error.Property, IsTransient = error.Transient };
                default:
                    throw await TalksNonsenseAsync(null);
            }
        }
    }

    private async Task<WorkerReply> ReadAsync(CancellationToken cancellationToken)
    {
        JsonElement? message;
        try
        {
            // A pipe can't always be told to stop; whoever waits for it can.
            message = await WorkerFrames.ReadAsync(_process.StandardOutput.BaseStream, cancellationToken)
                .WaitAsync(cancellationToken);
            if (message is { } said)
                return said.Deserialize(WorkerJson.Default.WorkerReply) ?? throw new JsonException("null");
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or IOException)
        {
            // Cut off in the middle of a message, it has ended; else it talks nonsense.
            if (broken.InnerException is EndOfStreamException)
                throw await EndedAsync(broken);
            throw await TalksNonsenseAsync(broken);
        }

        throw await EndedAsync(null);
    }

    // It is of no more use; dead, it has said all that it had to say of why.
    private async Task<WorkerEndedException> TalksNonsenseAsync(Exception? cause)
    {
        KillAll();
        await LastWordsAsync();
        return new WorkerEndedException(WorkerEnd.Garbage, "The worker said what makes no sense.", _tail.Text, cause);
    }

    private async Task<WorkerEndedException> EndedAsync(Exception? cause)
    {
        await LastWordsAsync();
        var words = _tail.Text;
        var code = _process.HasExited ? _process.ExitCode : -1;
        var want = code == OutOfMemoryExitCode || SignsOfWant.Any(sign => words.Contains(sign, StringComparison.Ordinal));
        return new WorkerEndedException(
            want ? WorkerEnd.OutOfMemory : WorkerEnd.Crashed, $"The worker ended with exit code {code}.", words, cause);
    }

    private async Task LastWordsAsync()
    {
        using var patience = new CancellationTokenSource(Dying);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
            await _tail.End.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It closed its pipe and lives on; it will be killed.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
