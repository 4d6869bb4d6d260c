using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using ProgressHub.Core;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using WordCount;

namespace ProgressHub.Tests.Workloads.Contract;

/// <summary>A host takes the workloads it names, and no other.</summary>
public sealed class OwnHostTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-host-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_host_without_a_workload_starts_and_says_that_there_is_none()
    {
        using var host = await StartAsync(_ => { });

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => SubmitAsync(host, "translation", """{}"""));

        Assert.Equal(("unknown_kind", "kind"), (refusal.Code, refusal.Property));
        Assert.EndsWith("there is none.", refusal.Message, StringComparison.Ordinal);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_workload_is_one_line_and_the_same_line_again_changes_nothing()
    {
        using var host = await StartAsync(services =>
            services.AddWorkload<WordCountWorkload>().AddWorkload<RangeWorkload>().AddWorkload<WordCountWorkload>());

        var jobs = host.Services.GetRequiredService<JobService>();
        var job = (await SubmitAsync(host, "range", """{"from":-2,"to":2}""")).JobId;
        var done = await jobs.WaitAsync(job, "ann", 0, TimeSpan.FromSeconds(30), CancellationToken.None);
        while (done is { IsFinal: false })
            done = await jobs.WaitAsync(job, "ann", done.Seq, TimeSpan.FromSeconds(30), CancellationToken.None);

        Assert.Equal(["range", "wordcount"], host.Services.GetRequiredService<WorkloadCatalog>().All.Select(w => w.Descriptor.Kind).Order());
        Assert.Equal(JobState.Succeeded, done?.State);
        var result = await jobs.ReadResultAsync(job, "ann", false, CancellationToken.None);
        Assert.Equal("5 numbers\n", System.Text.Encoding.UTF8.GetString(result!.Body.Span));
        await host.StopAsync();
    }

    [Fact]
    public async Task What_a_workload_checks_and_limits_itself_counts()
    {
        using var host = await StartAsync(services => services.AddWorkload<RangeWorkload>());

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => SubmitAsync(host, "range", """{"from":3,"to":2}"""));

        Assert.Equal(("invalid_input", "to"), (refusal.Code, refusal.Property));
        var descriptor = host.Services.GetRequiredService<WorkloadCatalog>().Get("range").Descriptor;
        Assert.Equal((TimeSpan.FromMinutes(10), 2, 4), (descriptor.Timeout, descriptor.MaxAttempts, descriptor.MaxConcurrency));
        await host.StopAsync();
    }

    private async Task<IHost> StartAsync(Action<IServiceCollection> workloads)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddProgressHub().AddStorage(o => o.DataDirectory = _folder.FullName);
        workloads(builder.Services);
        var host = builder.Build();
        await host.StartAsync().Soon();
        return host;
    }

    private static async Task<Core.Events.JobSnapshot> SubmitAsync(IHost host, string kind, string input) =>
        (await host.Services.GetRequiredService<JobService>().SubmitAsync(
            new JobRequest { Kind = kind, Input = JsonElement.Parse(input), Owner = "ann" }, CancellationToken.None).Soon()).Snapshot;
}
