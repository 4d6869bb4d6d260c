using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription;
using ProgressHub.Workloads.Transcription.Formats;

namespace ProgressHub.Tests.Support;

/// <summary>The transcription workload as a host registers it, with short waits.</summary>
internal sealed class TranscriptionHost : IAsyncDisposable
{
    public const string FileId = "0123456789abcdef0123456789abcdef";
    private readonly ServiceProvider _services;

    public TranscriptionHost(params (string Key, string Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Inference:RetryDelay"] = "00:00:00.010",
            ["Inference:MaxRetries"] = "3",
        };
        foreach (var (key, value) in settings)
            configuration[key] = value;

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddTranscription();
        _services = services.BuildServiceProvider();
    }

    public CapturedLogs Logs { get; } = new();

    public IWorkload Workload => _services.GetRequiredService<IWorkload>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask<WorkloadPlan> PlanAsync(object input) =>
        Workload.PlanAsync(JsonSerializer.SerializeToElement(input), CancellationToken.None);

    /// <summary>A job with a file that is there already.</summary>
    public static FakeWorkloadContext Job(byte[] file, object input, string name = "clip.wav")
    {
        var all = JsonSerializer.SerializeToNode(input)!;
        all["file"] = FileId;
        var context = new FakeWorkloadContext(JsonSerializer.SerializeToElement(all));
        context.Upload(FileId, name, "application/octet-stream", file);
        return context;
    }

    public async Task<Transcript> RunAsync(FakeWorkloadContext context) =>
        Transcript.FromJson((await Workload.RunAsync(context).Soon()).Result!.Body);

    /// <summary>Runs a job that is to fail.</summary>
    public async Task<WorkloadException> FailAsync(FakeWorkloadContext context) =>
        await Assert.ThrowsAsync<WorkloadException>(() => Workload.RunAsync(context).Soon());

    public static bool HasWarned(FakeWorkloadContext context, string words) => context.Lines.Any(
        line => line.Level == JobLogLevel.Warning && line.Message.Contains(words, StringComparison.Ordinal));

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
