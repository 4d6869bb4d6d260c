using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>The whole server on a real port, with jobs in memory and a scripted workload.</summary>
public class WebServer : WebApplicationFactory<Program>
{
    public WebServer()
    {
        UseKestrel(0);
        StartServer();
        Client = new HttpClient { BaseAddress = ClientOptions.BaseAddress, Timeout = Patience.Limit };
    }

    /// <summary>A plain client: no cookies of its own, no redirects hidden.</summary>
    public HttpClient Client { get; }

    internal InMemoryStore Store { get; } = new();

    internal ScriptedWorkload Workload { get; } = new();

    /// <summary>Where the bytes of files are kept.</summary>
    internal string Files { get; } = Directory.CreateTempSubdirectory("progresshub-web-").FullName;

    /// <summary>Settings on top of the server's own.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.ConfigureAppConfiguration(configuration => configuration.AddInMemoryCollection(Settings));
        builder.ConfigureTestServices(services =>
        {
            services.RemoveAll<IWorkload>();
            services.AddSingleton<IWorkload>(Workload);
            services.Replace(ServiceDescriptor.Singleton<IJobStore>(Store));
            services.Replace(ServiceDescriptor.Singleton<IEventLog>(Store));
            services.Replace(ServiceDescriptor.Singleton<IWebhookStore>(Store.Webhooks));
            services.Replace(ServiceDescriptor.Singleton<IScheduleStore>(new InMemorySchedules()));
            services.Replace(ServiceDescriptor.Singleton<IDefaultWebhookStore>(Store.Webhooks));
            services.Replace(ServiceDescriptor.Singleton<IQueuePauseStore>(Store));
            services.Replace(ServiceDescriptor.Singleton<IFileStore>(Store));
            services.Configure<UploadOptions>(o => (o.Directory, o.WorkDirectory) = (Path.Combine(Files, "blobs"), Path.Combine(Files, "work")));
            services.Replace(ServiceDescriptor.Singleton<IDurationStore>(new InMemoryDurations()));
        });
    }

    protected override void Dispose(bool disposing)
    {
        Client.Dispose();
        base.Dispose(disposing);
        if (Directory.Exists(Files))
            Directory.Delete(Files, recursive: true);
    }

    /// <summary>Submits a scripted job; with a run, it waits for its script.</summary>
    internal async Task<JsonElement> SubmitAsync(string text = "hello", string? run = null, string? title = null)
    {
        var input = run is null ? (object)new { text } : new { text, run };
        using var response = await Client.PostAsync("/api/jobs", Json(new { kind = "scripted", title, input }));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await ReadAsync(response);
    }

    /// <summary>Submits a job and waits for its end.</summary>
    internal async Task<JsonElement> RunAsync(string text = "hello", string? title = null) =>
        await EndAsync((await SubmitAsync(text, title: title)).Id());

    /// <summary>Waits for a job's end; returns its last snapshot.</summary>
    internal async Task<JsonElement> EndAsync(string id)
    {
        while (true)
        {
            using var response = await Client.GetAsync($"/api/jobs/{id}/result?wait=20");
            if (response.StatusCode != HttpStatusCode.Conflict)
                return await GetAsync($"/api/jobs/{id}");
        }
    }

    internal async Task<JsonElement> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await ReadAsync(response);
    }

    internal static StringContent Json(object value) => Raw(JsonSerializer.Serialize(value));

    internal static StringContent Raw(string json) => new(json, Encoding.UTF8, "application/json");

    internal static async Task<JsonElement> ReadAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return document.RootElement.Clone();
    }
}
