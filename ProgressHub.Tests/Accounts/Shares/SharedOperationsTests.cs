using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts.Shares;

/// <summary>
/// Every operation on a job that the API describes, tried by who may read it, by who may manage it and by who has a link:
/// whoever adds an operation has to say here who may.
/// </summary>
[Collection(TokenCollection.Name)]
public sealed class SharedOperationsTests(TokenServer server)
{
    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.Unauthorized, HttpStatusCode.Forbidden];

    /// <summary>What is read of a job by who manages it alone.</summary>
    private static readonly string[] NotForReaders = ["/api/jobs/{id}/input", "/api/jobs/{id}/shares"];

    /// <summary>What is the owner's alone, or takes the job's own token.</summary>
    private static readonly string[] NotForManagers =
        ["/api/jobs/{id}/move-to-front", "/api/jobs/{id}/webhook/deliveries/{seq}/retry", "/api/jobs/{id}/updates", "/api/jobs/{id}/complete", "/api/jobs/{id}/fail"];

    private static readonly string[] Untouched = ["queued", "running"];

    [Fact]
    public async Task Who_may_read_reads_and_does_nothing()
    {
        var (owner, reader) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        await owner.ShareAsync(job, reader);
        foreach (var operation in await OfJobsAsync())
        {
            var (status, code) = await TryAsync(reader.Client, operation, job);
            if (operation.Method == "GET" && !NotForReaders.Contains(operation.Path))
                Assert.True(!Refusals.Contains(status) && code != "job_not_found", $"{operation}: {status} {code}");
            else
                Assert.True(Refusals.Contains(status) || code is "no_webhook" or "job_not_found", $"{operation}: {status} {code}");
        }

        Assert.Contains(await StateAsync(owner, job), Untouched);
    }

    [Fact]
    public async Task Who_may_manage_does_as_the_owner()
    {
        var (owner, manager) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        await owner.ShareAsync(job, manager, "manage");
        foreach (var operation in (await OfJobsAsync()).OrderBy(o => o.Path.EndsWith("/cancel", StringComparison.Ordinal)))
        {
            var (status, code) = await TryAsync(manager.Client, operation, job);
            var isRefused = Refusals.Contains(status) || code == "job_not_found";

            Assert.True(isRefused == NotForManagers.Contains(operation.Path) || code == "no_webhook", $"{operation}: {status} {code}");
        }

        Assert.Contains(await StateAsync(owner, job), (string[])["canceling", "canceled"]);
    }

    [Fact]
    public async Task Who_has_a_link_reads_that_job_and_nothing_else_of_the_server()
    {
        var owner = await server.UserAsync();
        var (job, _) = await owner.StartJobAsync();
        var (other, _) = await owner.StartJobAsync();
        var (_, link) = await owner.LinkAsync(job);
        using var visitor = await server.OpenLinkAsync(link, job);
        foreach (var operation in await DescribedOperation.ReadAsync(server.Administrator.Client))
        {
            if (operation.IsOpen)
                continue;
            var (status, code) = await TryAsync(visitor, operation, job);
            var (elsewhere, none) = await TryAsync(visitor, operation, other);
            var isOfJob = operation.Path.StartsWith("/api/jobs/{id}", StringComparison.Ordinal);
            var isRead = isOfJob && operation.Method == "GET" && !NotForReaders.Contains(operation.Path) && !operation.Path.Contains("/webhook", StringComparison.Ordinal);

            Assert.True(isRead != Refusals.Contains(status) && code != "job_not_found", $"{operation}: {status} {code}");
            Assert.True(Refusals.Contains(elsewhere) || none == "job_not_found", $"{operation} on another: {elsewhere} {none}");
        }

        foreach (var page in (string[])["/", "/jobs", $"/jobs/{job}", "/account", "/mcp"])
            Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.GetAsync(page)).StatusCode);
        Assert.Contains(await StateAsync(owner, job), Untouched);
    }

    [Fact]
    public async Task What_a_manager_takes_up_again_is_the_owners_and_the_managers_to_manage()
    {
        var (owner, manager) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        await owner.ShareAsync(job, manager, "manage");
        await manager.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/cancel");
        await Patience.UntilAsync(async () => await StateAsync(owner, job) == "canceled", "the job has ended");

        var (status, next) = await manager.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/retry", new { scope = "all" });
        var id = next.GetProperty("jobId").GetString()!;

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(HttpStatusCode.OK, (await owner.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{id}/input")).Status);
        Assert.Contains((await manager.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{id}/cancel")).Status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.Accepted]);
        Assert.DoesNotContain(id, (await manager.Client.GetStringAsync("/api/jobs")), StringComparison.Ordinal);
        Assert.Contains(id, (await manager.Client.GetStringAsync("/api/jobs?shared=true")), StringComparison.Ordinal);
    }

    private async Task<IEnumerable<DescribedOperation>> OfJobsAsync() =>
        (await DescribedOperation.ReadAsync(server.Administrator.Client)).Where(o => o.Path.StartsWith("/api/jobs/{id}", StringComparison.Ordinal)).ToArray();

    private static async Task<(HttpStatusCode Status, string? Code)> TryAsync(HttpClient client, DescribedOperation operation, string job)
    {
        using var request = operation.Request(name => name == "id" ? job : "1");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return (response.StatusCode, null);
        if (operation.Method == "HEAD")
            return (response.StatusCode, null);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, problem.RootElement.Code());
    }

    private static async Task<string> StateAsync(TokenUser owner, string job) =>
        (await owner.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.GetProperty("state").GetString()!;
}
