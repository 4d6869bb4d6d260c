using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>Jobs of somebody's that go on until a test ends them: work that another program does.</summary>
internal static class UserJobs
{
    public static async Task<(string Id, string WriteToken)> StartJobAsync(this TokenUser user, string title = "Long work")
    {
        using var response = await user.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "external", title, input = new { } }));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var job = await WebServer.ReadAsync(response);
        return (job.GetProperty("jobId").GetString()!, job.GetProperty("writeToken").GetString()!);
    }

    /// <summary>The server's answer to a request of somebody's, and its body.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> AskAsync(this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = WebServer.Json(body);
        using var response = await client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return (response.StatusCode, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement.Clone());
    }

    public static string Code(this JsonElement problem) => problem.GetProperty("code").GetString()!;
}
