using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Listing;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.Components.Webhooks;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads;
using ProgressHub.Workloads.AspNetCore.External;
using MudBlazor.Services;

namespace ProgressHub.Tests.Components;

/// <summary>Components over the real engine with a store in memory; no job runs unless a test drives it.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-components-");

    private protected ComponentTest()
    {
        DefaultWaitTimeout = Patience.Limit;
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Analysis:Directory", Path.Combine(_folder.FullName, "analysis")), new("Storage:DataDirectory", _folder.FullName)]).Build());
        Services.AddLogging();
        Services.AddMetrics();
        Services.AddProgressHub();
        Services.AddProgressHubWorkloads();
        Services.RemoveAll<IWorkload>();
        Services.AddSingleton<IWorkload>(Translation);
        Services.AddSingleton<IJobStore>(Store);
        Services.AddSingleton<IEventLog>(Log = new InterruptedReads(Store));
        Services.AddSingleton<IWebhookStore>(Store.Webhooks);
        Services.AddSingleton<IDefaultWebhookStore>(Store.Webhooks);
        Services.AddSingleton<IQueuePauseStore>(Store);
        Services.AddSingleton<ISecretProtector, PlainProtector>();
        Services.AddSingleton<IScheduleStore>(Schedules);
        Services.AddSingleton<IFileStore>(Store);
        Services.AddSingleton<IDurationStore>(new InMemoryDurations());
        Services.AddScoped<ICaller, LocalCaller>();
        Services.AddScoped<UploadQueue>();
        Services.AddScoped<ReaderClock>();
        Services.AddScoped<PendingDeletions>();
        Services.AddSingleton<UiText>();
        Services.AddScoped<DocumentQueues>();
        Services.AddScoped<FormWebhooks>();
        Services.AddSingleton<WriteTokens>();
        Services.AddSubmissionAllowance();
        Services.AddMudServices();
    }

    private protected InMemoryStore Store { get; } = new();

    private protected InterruptedReads Log { get; }

    private protected InMemorySchedules Schedules { get; } = new();

    private protected FormWorkload Translation { get; } = new();

    private protected JobService Jobs => Services.GetRequiredService<JobService>();

    private protected BunitNavigationManager Address => Services.GetRequiredService<BunitNavigationManager>();

    /// <inheritdoc/>
    public virtual Task InitializeAsync() => Task.CompletedTask;

    // Some of MudBlazor's services can only be let go asynchronously.
    async Task IAsyncLifetime.DisposeAsync()
    {
        await EndAsync();
        await DisposeAsync();
    }

    /// <summary>What a test ends before its services go.</summary>
    private protected virtual Task EndAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && Directory.Exists(_folder.FullName))
            _folder.Delete(recursive: true);
    }

    /// <summary>The title that a page gives itself.</summary>
    private protected static string TitleOf(IRenderedComponent<IComponent> page)
    {
        using var title = new RenderTreeBuilder();
        page.FindComponent<PageTitle>().Instance.ChildContent!(title);
#pragma warning disable BL0006 // there is no other way to read a fragment without rendering it
        var frames = title.GetFrames();
        return string.Concat(frames.Array.Take(frames.Count).Select(f => f.TextContent ?? f.MarkupContent));
#pragma warning restore BL0006
    }
}
