using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Translation;
using ProgressHub.Workloads.Translation.Engines;

namespace ProgressHub.Tests.Support;

/// <summary>The translation workload as a host registers it, with short waits and its logs kept.</summary>
internal sealed class TranslationHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TranslationHost(params (string Key, string Value)[] settings)
        : this(null, settings)
    {
    }

    /// <param name="engine">An engine that stands in for pseudo-localisation.</param>
    /// <param name="settings">Configuration on top of the short waits.</param>
    public TranslationHost(ITranslator? engine, params (string Key, string Value)[] settings)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Translation:PseudoDelay"] = "00:00:00",
            ["Inference:RetryDelay"] = "00:00:00.010",
            ["Inference:MaxRetries"] = "3",
        };
        foreach (var (key, value) in settings)
            configuration[key] = value;

        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddTranslation();
        if (engine is not null)
        {
            services.Remove(services.First(s => s.ServiceType == typeof(ITranslator)));
            services.Insert(0, ServiceDescriptor.Singleton(engine));
        }

        _services = services.BuildServiceProvider();
    }

    public CapturedLogs Logs { get; } = new();

    public IWorkload Workload => _services.GetRequiredService<IWorkload>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask<WorkloadPlan> PlanAsync(object input) =>
        Workload.PlanAsync(JsonSerializer.SerializeToElement(input), CancellationToken.None);

    /// <summary>Runs a job and returns the text of its result.</summary>
    public async Task<string> RunAsync(FakeWorkloadContext context) =>
        System.Text.Encoding.UTF8.GetString((await Workload.RunAsync(context)).Result!.Body.Span);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>An engine whose answers are a function.</summary>
internal sealed class FakeTranslator(
    Func<IReadOnlyList<string>, string?, CancellationToken, Task<IReadOnlyList<string>>> answer) : ITranslator
{
    public string Id => "pseudo";

    public bool TakesComplaints { get; init; } = true;

    /// <summary>An engine that answers each segment by itself.</summary>
    public static FakeTranslator Of(Func<string, string> answer) => new((segments, _, _) =>
        Task.FromResult<IReadOnlyList<string>>([.. segments.Select(answer)]));

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new EngineStatus(Id, "fake", Ready: true));

    public ValueTask CheckAsync(TranslationOrder order, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async Task<IReadOnlyList<string?>> TranslateAsync(
        IReadOnlyList<string> segments, TranslationOrder order, string? complaint, CancellationToken cancellationToken) =>
        await answer(segments, complaint, cancellationToken);
}
