using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis;

namespace ProgressHub.Tests.Support;

/// <summary>The server with questions over tables, on a real port and real files.</summary>
public class AnalysisServer : WebServer
{
    protected override Dictionary<string, string?> Settings => new()
    {
        ["Analysis:Directory"] = Path.Combine(Files, "analysis"), ["Uploads:MinFreeBytes"] = "0", ["Limits:SubmissionsPerMinute"] = "6000",
    };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureTestServices(services => services.AddSingleton<IWorkload, AnalysisWorkload>());
    }

    /// <summary>Asks; returns the job's id.</summary>
    internal async Task<string> AskAsync(object input)
    {
        using var response = await Client.PostAsync("/api/jobs", Json(new { kind = "analysis", input }));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement.Id();
    }

    /// <summary>Asks, and waits for the answer.</summary>
    internal async Task<JsonElement> AnswerAsync(object input) => await AnswerOfAsync(await AskAsync(input));

    internal async Task<JsonElement> AnswerOfAsync(string id)
    {
        var end = await Client.EndAsync(id);
        Assert.True(end.Text("state") == "succeeded", end.ToString());
        return await Client.JsonAsync($"/api/jobs/{id}/result");
    }

    /// <summary>Asks of a file in one request.</summary>
    internal async Task<string> AskOfFileAsync(string question, byte[] file, string name = "table.csv")
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("analysis"), "kind" },
            { new StringContent(JsonSerializer.Serialize(new { question })), "input" },
            { new ByteArrayContent(file), "file", name },
        };
        using var response = await Client.PostAsync("/api/jobs", form);
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement.Id();
    }

    /// <summary>Makes a session.</summary>
    internal async Task<JsonElement> SessionAsync(object about)
    {
        using var response = await Client.PostAsync("/api/sessions", Json(about));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Created, $"{response.StatusCode}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Uploads a file as resumable clients do; returns its id.</summary>
    internal async Task<string> UploadAsync(string content, string name = "table.csv")
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var id = await Client.BeginUploadAsync(bytes.Length, name);
        await Client.SendAsync(id, 0, bytes);
        return id;
    }

    /// <summary>The lines of a job's log.</summary>
    internal async Task<IReadOnlyList<JsonElement>> LinesAsync(string id) =>
        [.. (await Client.LogAsync(id)).Where(e => e.Type == "log").Select(e => JsonDocument.Parse(e.Json).RootElement)];
}
