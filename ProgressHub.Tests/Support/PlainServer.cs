using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>A server as it comes, for a class of tests that change nothing of it but its jobs.</summary>
public sealed class PlainServer : IAsyncLifetime
{
    internal ServerProcess Process { get; private set; } = null!;

    public async Task InitializeAsync() => Process = await ServerProcess.StartNewAsync();

    public async Task DisposeAsync()
    {
        Process.AssertCalm();
        await Process.DisposeAsync();
    }

    /// <summary>Deletes the jobs of the tests before, which have ended.</summary>
    internal async Task ForgetJobsAsync()
    {
        var page = JsonElement.Parse(await Process.Client.GetStringAsync("/api/jobs?limit=200"));
        foreach (var job in page.GetProperty("jobs").EnumerateArray())
        {
            using var deleted = await Process.Client.DeleteAsync($"/api/jobs/{job.Id()}");
            deleted.EnsureSuccessStatusCode();
        }
    }
}
