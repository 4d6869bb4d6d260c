using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.External;
using ProgressHub.Web.Security;
using Radzen;

namespace ProgressHub.Tests.Components;

/// <summary>Components over the real engine with a store in memory; no job runs unless a test drives it.</summary>
public abstract class ComponentTest : BunitContext
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
        Services.RemoveAll<IWorkload>();
        Services.AddSingleton<IWorkload>(Translation);
        Services.AddSingleton<IJobStore>(Store);
        Services.AddSingleton<IEventLog>(Log = new InterruptedReads(Store));
        Services.AddSingleton<IWebhookStore>(Store.Webhooks);
        Services.AddSingleton<ISecretProtector, PlainProtector>();
        Services.AddSingleton<IFileStore>(Store);
        Services.AddSingleton<IDurationStore>(new InMemoryDurations());
        Services.AddScoped<ICaller, LocalCaller>();
        Services.AddScoped<UploadQueue>();
        Services.AddScoped<DocumentQueues>();
        Services.AddSingleton<WriteTokens>();
        Services.AddSubmissionAllowance();
        Services.AddRadzenComponents();
    }

    private protected InMemoryStore Store { get; } = new();

    private protected InterruptedReads Log { get; }

    private protected FormWorkload Translation { get; } = new();

    private protected JobService Jobs => Services.GetRequiredService<JobService>();

    private protected BunitNavigationManager Address => Services.GetRequiredService<BunitNavigationManager>();

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
