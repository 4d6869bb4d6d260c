using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

[assembly: HostingStartup(typeof(HashingStartup))]

namespace ProgressHub.Tests.Support;

/// <summary>Takes files and gives their SHA-256: what arrived is what was sent, or the result is another.</summary>
internal sealed class HashingWorkload(string kind = "hashing", int maxFiles = 1) : IWorkload
{
    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = kind,
        Label = "Hashing",
        Description = "Gives the SHA-256 of files.",
        InputSchema = JsonElement.Parse("""{"type":"object","properties":{"file":{}}}"""),
        Stages = new StagePlan(new Stage("uploading", "Uploading", 9), new Stage("hashing", "Hashing", 1)),
        FileInput = "file",
        MaxFiles = maxFiles,
    };

    public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
        new(new WorkloadPlan(Descriptor.Stages, "sha256", "Hash"));

    public async Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context)
    {
        await context.BeginStageAsync("uploading");
        var value = context.Input.GetProperty("file");
        var ids = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : (IReadOnlyList<JsonElement>)[value];
        var lines = new List<string>();
        foreach (var id in ids)
        {
            var file = await context.ReceiveFileAsync(id.GetString()!);
            await using var bytes = File.OpenRead(file.Path);
            lines.Add($"{Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes, context.CancellationToken))} {file.Length} {file.MediaType} {file.Name}");
        }

        await context.BeginStageAsync("hashing");
        await File.WriteAllLinesAsync(Path.Combine(context.WorkFolder, "lines"), lines, context.CancellationToken);
        await context.AddFileAsync("digest.txt", "text/plain; charset=utf-8", string.Join('\n', lines));
        return new WorkloadOutcome(LambdaWorkload.Text(string.Join('\n', lines)));
    }

    public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) => null;

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) => new([]);
}

/// <summary>Adds the workload to a server that runs as a process of its own; see <c>StartupHook</c>.</summary>
public sealed class HashingStartup : IHostingStartup
{
    /// <summary>Settings that make a server process take the workload.</summary>
    internal static (string Key, string Value)[] Settings =>
    [
        ("DOTNET_STARTUP_HOOKS", typeof(HashingStartup).Assembly.Location),
        ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "ProgressHub.Tests"),
    ];

    public void Configure(IWebHostBuilder builder) =>
        builder.ConfigureServices(services => services.AddSingleton<IWorkload>(new HashingWorkload()));
}
