using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>Records all that a handler tells its job, in order.</summary>
internal sealed class FakeWorkloadContext(object input) : WorkloadContext, IProgress<ProgressUpdate>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<object> _told = [];
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Dictionary<string, UploadedFile> _uploads = [];
    private readonly Dictionary<string, UploadedFile> _derived = [];
    private DirectoryInfo? _folder;

    public Dictionary<string, string> Secrets { get; init; } = [];

    public Dictionary<int, PartialResult> Restored { get; init; } = [];

    public byte[]? Checkpoint { get; set; }

    /// <summary>Called with each piece as it is delivered.</summary>
    public Action<PartialResult>? OnPartial { get; init; }

    /// <summary>Answers questions; null where nobody does.</summary>
    public Func<string, string?> OnAsk { get; init; } = _ => null;

    public override JobId JobId { get; } = JobId.New();

    public override string Owner => "ann";

    public override JsonElement Input { get; } =
        input is JsonElement json ? json : JsonSerializer.SerializeToElement(input);

    public override int Attempt { get; } = 1;

    public override TimeProvider Time => TimeProvider.System;

    public override CancellationToken CancellationToken => _cancellation.Token;

    public override IProgress<ProgressUpdate> Progress => this;

    public override IReadOnlyDictionary<int, PartialResult> RestoredPartials => Restored;

    public IReadOnlyList<PartialResult> Partials => Told<PartialResult>();

    public IReadOnlyList<ProgressUpdate> Updates => Told<ProgressUpdate>();

    public IReadOnlyList<LogLine> Lines => Told<LogLine>();

    public IReadOnlyList<string> StageNames => [.. Told<StageName>().Select(s => s.Name)];

    /// <summary>What the pieces say in order of their index; the latest of each.</summary>
    public string Text => string.Concat(
        Restored.Values.Concat(Partials).GroupBy(p => p.Index).OrderBy(g => g.Key).Select(g => g.Last().Text));

    public void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        _cancellation.Dispose();
        _folder?.Delete(recursive: true);
    }

    /// <summary>The files that the handler has made, by name.</summary>
    public IReadOnlyDictionary<string, UploadedFile> Derived => _derived;

    public override string WorkFolder => Folder.CreateSubdirectory("work").FullName;

    private DirectoryInfo Folder => _folder ??= Directory.CreateTempSubdirectory("progresshub-files-");

    /// <summary>Puts an uploaded file where the handler finds it.</summary>
    public UploadedFile Upload(string id, string name, string mediaType, byte[] content) =>
        _uploads[id] = Keep(id, name, mediaType, new MemoryStream(content));

    public override Task<UploadedFile> ReceiveFileAsync(string fileId)
    {
        if (!_uploads.TryGetValue(fileId, out var file))
            throw new WorkloadException("upload_not_found", "There is no such file.");
        Report(new ProgressUpdate(file.Length, file.Length, Unit: "bytes"));
        return Task.FromResult(file);
    }

    public override Task<UploadedFile> AddFileAsync(string name, string mediaType, Stream content) =>
        Task.FromResult(_derived[name] = Keep(JobId.New().ToString(), name, mediaType, content));

    public override ValueTask<UploadedFile?> FindFileAsync(string name) => new(_derived.GetValueOrDefault(name));

    public void Report(ProgressUpdate value) => Tell(value);

    public override ResumePoint Resumed => new(null, 0, null);

    public override string? Secret(string name) => Secrets.GetValueOrDefault(name);

    public override void SetInputSize(double size)
    {
        lock (_gate)
            _told.Add(("size", size));
    }

    public override Task<T> PulseAsync<T>(Func<CancellationToken, Task<T>> operation, PulseOptions? options = null) =>
        operation(CancellationToken);

    public override ValueTask BeginStageAsync(string name)
    {
        Tell(new StageName(name));
        return ValueTask.CompletedTask;
    }

    public override ValueTask LogAsync(
        JobLogLevel level, string message, int? step = null, int? totalSteps = null, TimeSpan? duration = null)
    {
        Tell(new LogLine(level, message));
        return ValueTask.CompletedTask;
    }

    public override ValueTask PartialAsync(PartialResult partial)
    {
        Tell(partial);
        OnPartial?.Invoke(partial);
        return ValueTask.CompletedTask;
    }

    public override Task<long> ApplyAsync(IReadOnlyList<WorkloadUpdate> updates)
    {
        foreach (var update in updates)
            Tell(update);
        return Task.FromResult(0L);
    }

    public override ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync() =>
        ValueTask.FromResult(Checkpoint is null ? (ReadOnlyMemory<byte>?)null : Checkpoint);

    public override ValueTask SaveCheckpointAsync(ReadOnlyMemory<byte> checkpoint)
    {
        Checkpoint = checkpoint.ToArray();
        return ValueTask.CompletedTask;
    }

    public override Task<string?> AskAsync(string question, IReadOnlyList<string>? options, TimeSpan timeout) =>
        Task.FromResult(OnAsk(question));

    private UploadedFile Keep(string id, string name, string mediaType, Stream content)
    {
        var path = Path.Combine(Folder.FullName, id);
        using (var target = File.Create(path))
            content.CopyTo(target);
        return new UploadedFile(id, name, mediaType, new FileInfo(path).Length, path);
    }

    private void Tell(object what)
    {
        lock (_gate)
            _told.Add(what);
    }

    private T[] Told<T>()
    {
        lock (_gate)
            return [.. _told.OfType<T>()];
    }

    internal sealed record LogLine(JobLogLevel Level, string Message);

    private sealed record StageName(string Name);
}
