using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.External;

namespace ProgressHub.Tests.AspNetCore.External;

/// <summary>The server with external jobs beside the scripted ones.</summary>
public sealed class ExternalServer : WebServer
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("progresshub-external-");

    protected override Dictionary<string, string?> Settings =>
        new() { ["Storage:DataDirectory"] = _data?.FullName };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IWorkload, ExternalWorkload>());
    }

    internal async Task<(string Id, string Token)> BeginAsync(object? input = null)
    {
        using var response = await Client.PostAsync(
            "/api/jobs", Json(new { kind = "external", title = "Mine", input = input ?? new { } }));
        var job = await ReadAsync(response);
        return (job.Id(), job.Text("writeToken")!);
    }

    internal Task<HttpResponseMessage> PostAsync(string id, string? token, string path, string body, string type = "application/json") =>
        SendAsync(id, token, path, new StringContent(body, Encoding.UTF8, type));

    internal Task<HttpResponseMessage> SendAsync(string id, string? token, string path, HttpContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/jobs/{id}/{path}") { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    internal async Task<JsonElement> TellAsync(string id, string token, string body)
    {
        using var response = await PostAsync(id, token, "updates", body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await ReadAsync(response);
    }

    internal async Task<List<string>> LinesAsync(string id) =>
        [.. (await GetAsync($"/api/jobs/{id}/events?format=json&limit=1000")).GetProperty("events").EnumerateArray()
            .Where(e => e.Text("type") == "log").Select(e => e.Text("message")!)];

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (_data.Exists)
            _data.Delete(recursive: true);
        _data.Refresh();
    }
}
