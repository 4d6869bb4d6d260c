using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Tests.Support;

/// <summary>The knowledge workloads as a host registers them, on a folder that outlives a restart.</summary>
internal sealed class KnowledgeHost : IAsyncDisposable
{
    public const string Owner = "ann";

    private readonly Dictionary<string, string?> _configuration;
    private ServiceProvider _services;

    private KnowledgeHost(params (string Key, string Value)[] settings)
    {
        _configuration = new Dictionary<string, string?>
        {
            ["Inference:RetryDelay"] = "00:00:00.010",
            ["Inference:MaxRetries"] = "3",
        };
        foreach (var (key, value) in settings)
            _configuration[key] = value;
        _services = Build();
    }

    public static KnowledgeHost Start(params (string Key, string Value)[] settings) => new(settings);

    public string Folder { get; } = Directory.CreateTempSubdirectory("progresshub-knowledge-").FullName;

    public CapturedLogs Logs { get; } = new();

    public KnowledgeLibrary Library => Get<KnowledgeLibrary>();

    public IWorkload Ask => Workload("ask");

    public IWorkload Ingest => Workload("ingest");

    public IWorkload Rebuild => Workload("rebuild");

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Closes everything and opens it again on the same folder.</summary>
    public async Task RestartAsync()
    {
        await _services.DisposeAsync();
        _services = Build();
    }

    public async Task<string> CreateAsync(string owner = Owner) =>
        (await Library.CreateAsync(owner, "Papers", null, null, CancellationToken.None)).Id;

    /// <summary>Takes documents in and returns the result.</summary>
    public async Task<JsonElement> IngestAsync(string collection, params object[] documents)
    {
        using var context = new FakeWorkloadContext(new { collection, documents });
        return await RunAsync(Ingest, context);
    }

    /// <summary>Asks and returns the result.</summary>
    public async Task<JsonElement> AskAsync(string collection, string question, string? language = null)
    {
        using var context = new FakeWorkloadContext(new { collection, question, language });
        return await RunAsync(Ask, context);
    }

    public static async Task<JsonElement> RunAsync(IWorkload workload, FakeWorkloadContext context)
    {
        await workload.PlanAsync(context.Input, context.Owner, CancellationToken.None);
        var outcome = await workload.RunAsync(context).Soon();
        return JsonDocument.Parse(outcome.Result!.Body).RootElement;
    }

    /// <summary>What a search finds first, by document; empty for nothing.</summary>
    public async Task<IReadOnlyList<string>> SearchAsync(string collection, string question, int limit = 5) =>
        [.. (await Library.SearchAsync(Owner, collection, question, limit, CancellationToken.None))!.Select(hit => hit.Passage.DocumentId)];

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private IWorkload Workload(string kind) => _services.GetServices<IWorkload>().Single(w => w.Descriptor.Kind == kind);

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(_configuration).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton(new DataDirectory(Folder));
        services.AddKnowledge().Configure<KnowledgeOptions>(options => options.Directory ??= Folder);
        return services.BuildServiceProvider();
    }
}
