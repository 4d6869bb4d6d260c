using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Ask;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Ingest;
using ProgressHub.Workloads.Knowledge.Rebuild;

namespace ProgressHub.Tests.Components;

/// <summary>Components over real collections in a folder of their own.</summary>
public abstract class KnowledgeComponentTest : ComponentTest
{
    protected const string Owner = KnowledgeHost.Owner;

    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-collections-").FullName;

    private protected KnowledgeComponentTest()
    {
        Services.Configure<KnowledgeOptions>(options => options.Directory = _folder);
        Services.AddSingleton<IWorkload, IngestWorkload>();
        Services.AddSingleton<IWorkload, RebuildWorkload>();
        Services.AddSingleton<IWorkload, AskWorkload>();
        Services.AddScoped<ICaller, Ann>();
    }

    private protected KnowledgeLibrary Library => Services.GetRequiredService<KnowledgeLibrary>();

    private protected Task<Collection> CreateAsync(string name = "Birds") =>
        Library.CreateAsync(Owner, name, null, null, CancellationToken.None);

    /// <summary>Takes documents in, without a job.</summary>
    private protected async Task FillAsync(string collection, params (string Id, string Text)[] documents)
    {
        using var context = new FakeWorkloadContext(
            new { collection, documents = documents.Select(d => new { id = d.Id, title = d.Id, text = d.Text }) });
        await Services.GetServices<IWorkload>().Single(w => w.Descriptor.Kind == "ingest").RunAsync(context).Soon();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
            Directory.Delete(_folder, recursive: true);
    }

    private sealed class Ann : ICaller
    {
        public string Owner => KnowledgeComponentTest.Owner;
    }
}
