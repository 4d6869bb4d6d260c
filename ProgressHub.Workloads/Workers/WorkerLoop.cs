using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Workers;

/// <summary>
/// A worker's life in its own process: it says that it is ready, and then answers one request after another. It ends with its
/// pipe, also in the middle of a request: the pipe's end is its host's.
/// </summary>
internal sealed class WorkerLoop(IWorkerHandler handler, Stream input, Stream output)
{
    private readonly Lock _writing = new();

    /// <summary>Answers until the pipe ends; returns the exit code.</summary>
    /// <param name="ended">Called when the pipe ends; ends the process, since the handler may not come back.</param>
    public async Task<int> RunAsync(Action ended)
    {
        Write(new WorkerReply(WorkerReplyType.Ready));
        var busy = Task.CompletedTask;
        while (await WorkerFrames.ReadAsync(input, CancellationToken.None) is { } message)
        {
            await busy;
            var request = message.Deserialize(WorkerJson.Default.WorkerRequest)!;
            Write(new WorkerReply(WorkerReplyType.Begun));

            // Native code deep in a query wants the stack of a thread of its own.
            busy = Task.Factory.StartNew(
                () => Answer(request), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        ended();
        return 0;
    }

    private void Answer(WorkerRequest request)
    {
        WorkerReply reply;
        try
        {
            var result = handler.Handle(
                request.Operation, request.Input, progress => Write(new WorkerReply(WorkerReplyType.Progress, progress)));
            reply = new WorkerReply(WorkerReplyType.Result, result);
        }
        catch (WorkloadException failure)
        {
            reply = new WorkerReply(WorkerReplyType.Failure, Error: new WorkerFailure(
                failure.Code, failure.Message, failure.Property, failure.IsTransient));
        }
        catch (Exception exception)
        {
            // Nobody has foreseen it, so nobody knows what state it leaves: the process ends, and says why.
            Console.Error.WriteLine(exception);
            Environment.Exit(exception is OutOfMemoryException ? WorkerProcess.OutOfMemoryExitCode : 1);
            return;
        }

        Write(reply);
    }

    private void Write(WorkerReply reply)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(reply, WorkerJson.Default.WorkerReply);
        lock (_writing)
            WorkerFrames.WriteAsync(output, json, CancellationToken.None).GetAwaiter().GetResult();
    }
}
