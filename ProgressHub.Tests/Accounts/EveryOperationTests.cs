using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>
/// Two users and everything the API describes: whoever adds an operation has it tried here. What is somebody else's is
/// answered as what is not there: same status, same headers, same body.
/// </summary>
[Collection(TokenCollection.Name)]
public sealed partial class EveryOperationTests(TokenServer server)
{
    /// <summary>Names that stand for nothing anybody owns: a model, and a log that anybody may open under any name, each their own.</summary>
    private static readonly string[] NobodysNames = ["model", "session"];

    /// <summary>A stream that waits ten seconds for a job that may still come; one who asks is enough.</summary>
    private const string WaitsForItsJob = "/progress/{id}/stream";

    private static readonly HttpStatusCode[] Refusals = [HttpStatusCode.NotFound, HttpStatusCode.Forbidden];

    /// <summary>What submits a job of a collection says of a collection that is not there what every such job says.</summary>
    private static readonly HttpStatusCode[] AsJobs = [HttpStatusCode.UnprocessableEntity];

    private static readonly string[] Headers = ["Date", "Transfer-Encoding"];

    [Fact]
    public async Task Nobody_gets_anything_but_whether_the_server_runs()
    {
        var operations = await DescribedOperation.ReadAsync(server.Administrator.Client);
        Assert.True(operations.Count > 60, $"Only {operations.Count} operations were found.");
        foreach (var operation in operations)
        {
            using var request = operation.Request(_ => new string('0', 32));
            using var response = await server.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

            var expected = operation.IsOpen ? HttpStatusCode.OK : HttpStatusCode.Unauthorized;
            Assert.True(expected == response.StatusCode, $"{operation}: {response.StatusCode}");
        }
    }

    [Theory]
    [InlineData("/metrics"), InlineData("/openapi/v1.json"), InlineData("/mcp"), InlineData("/hubs/jobs/negotiate"), InlineData("/_blazor/negotiate")]
    [InlineData("/watch/00000000000000000000000000000000"), InlineData("/api/nothing"), InlineData("/nothing")]
    public async Task Nor_does_nobody_get_what_is_not_described(string path)
    {
        using var get = await server.Anonymous.GetAsync(path);
        using var post = await server.Anonymous.PostAsync(path, null);

        Assert.Equal(HttpStatusCode.Unauthorized, get.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, post.StatusCode);
    }

    [Fact]
    public async Task What_is_somebody_elses_is_answered_as_what_is_not_there()
    {
        var (owner, stranger) = (await server.UserAsync(), await server.UserAsync());
        var things = await OwnedThings.MakeAsync(owner, await SignInAsync(owner));
        using var browser = await server.SignInAsync(stranger.Name);
        var tried = 0;
        foreach (var operation in await DescribedOperation.ReadAsync(server.Administrator.Client))
        {
            if (operation.Names.Count == 0 || operation.IsOpen)
                continue;
            foreach (var of in things.Of(operation))
            {
                tried++;
                await AssertAlikeAsync(stranger.Client, operation, of);
                if (operation.Names.Intersect(NobodysNames).Any() || operation.Path == WaitsForItsJob)
                    continue;
                await AssertAlikeAsync(browser, operation, of);

                // Who sees to the accounts sees nobody's jobs.
                if (operation.Tag != "Administration")
                    await AssertAlikeAsync(server.Administrator.Client, operation, of);
            }
        }

        Assert.True(tried > 60, $"Only {tried} were tried.");
        await things.AssertUntouchedAsync(owner.Client);
    }

    [Fact]
    public async Task What_names_somebody_elses_in_a_body_is_refused_as_what_is_not_there()
    {
        var (owner, stranger) = (await server.UserAsync(), await server.UserAsync());
        var things = await OwnedThings.MakeAsync(owner, await SignInAsync(owner));
        (string Path, Func<string, string, string, object> Body)[] requests =
        [
            ("/api/jobs", (job, upload, collection) => new { kind = "ask", input = new { collection, question = "What is it?" } }),
            ("/api/jobs", (job, upload, collection) => new { kind = "ingest", input = new { collection, files = new[] { upload } } }),
            ("/api/jobs", (job, upload, collection) => new { kind = "analysis", input = new { session = job, question = "How many rows?" } }),
            ("/api/jobs", (job, upload, collection) => new { kind = "transcription", input = new { file = upload } }),
            ("/api/sessions", (job, upload, collection) => new { file = upload }),
            ("/api/tables/preview", (job, upload, collection) => new { file = upload }),
            ("/api/tickets", (job, upload, collection) => new { job }),
            ("/api/v1/streaming-chat/ask-question", (job, upload, collection) => new { deity_id = collection, question = "What is it?" }),
        ];

        foreach (var (path, body) in requests)
        {
            var session = path == "/api/jobs" ? things.Session : things.Job;
            var theirs = await stranger.Client.AskAsync(HttpMethod.Post, path, body(session, things.Upload, things.Collection));
            var none = await stranger.Client.AskAsync(HttpMethod.Post, path, body(OwnedThings.NoJob, OwnedThings.NoJob, OwnedThings.NoJob));

            Assert.True((int)theirs.Status is >= 400 and < 500, $"{path}: {theirs.Status}");
            Assert.Equal(none.Status, theirs.Status);
            Assert.Equal(none.Body.Code(), theirs.Body.Code());
            Assert.Equal(Plain(none.Body.GetProperty("detail").GetString()!), Plain(theirs.Body.GetProperty("detail").GetString()!));
        }
    }

    [Fact]
    public async Task Lists_and_streams_of_all_have_ones_own_alone()
    {
        var (owner, stranger) = (await server.UserAsync(), await server.UserAsync());
        var things = await OwnedThings.MakeAsync(owner, await SignInAsync(owner));
        foreach (var operation in await DescribedOperation.ReadAsync(server.Administrator.Client))
        {
            if (operation.Method != "GET" || operation.Names.Count > 0 || operation.Tag == "Administration" || operation.Path == "/api/events")
                continue;
            using var response = await stranger.Client.SendAsync(operation.Request(static _ => ""));
            var body = await response.Content.ReadAsStringAsync();

            Assert.All(things.Secrets, secret => Assert.DoesNotContain(secret, body, StringComparison.Ordinal));
        }

        await using var stream = await EventStream.OpenAsync(stranger.Client, "/api/events");
        var (own, _) = await stranger.StartJobAsync();
        await owner.StartJobAsync();
        var (last, _) = await stranger.StartJobAsync();
        for (var seen = ""; !seen.Contains(last, StringComparison.Ordinal);)
        {
            seen = (await stream.NextAsync())!.Value.Data;
            Assert.True(seen.Contains(own, StringComparison.Ordinal) || seen.Contains(last, StringComparison.Ordinal), seen);
        }
    }

    [Fact]
    public async Task Every_route_of_the_server_asks_who_one_is_but_for_those_by_which_one_says_so()
    {
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        Assert.True(routes.Count > 100, $"Only {routes.Count} routes were found.");
        SortedSet<string> open = new(StringComparer.Ordinal);
        foreach (var route in routes)
        {
            var method = route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is [var one, ..] ? one : "GET";
            var path = string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(ValueOf))));
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/{path}");
            using var response = await server.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            // The files of the pages are anybody's.
            if (response.StatusCode != HttpStatusCode.Unauthorized && !Path.HasExtension(path))
                open.Add($"{method} {route.RoutePattern.RawText}");
        }

        Assert.Equal(
            "GET /health/live | GET /health/ready | GET /s | GET /setup | GET /sign-in | GET /sign-in/provider | POST /setup | POST /sign-in | POST /sign-out",
            string.Join(" | ", open));

        static string ValueOf(RoutePatternPart part) => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            _ => OwnedThings.NoJob,
        };
    }

    [Fact]
    public async Task A_key_does_what_its_scopes_say_and_nothing_else()
    {
        var user = await server.UserAsync();
        var (_, reading) = await server.KeyAsync(user.Account, "jobs:read");
        var (_, documents) = await server.KeyAsync(user.Account, "documents");
        using var reads = server.Client(reading);
        using var files = server.Client(documents);
        foreach (var operation in await DescribedOperation.ReadAsync(server.Administrator.Client))
        {
            if (operation.IsOpen || operation.Tag == "External jobs")
                continue;
            var isSafe = operation.Method is "GET" or "HEAD" or "OPTIONS";
            var isDocuments = operation.Tag is "Collections" or "Analysis" or "Uploads";
            var isOwn = operation.Path is "/api/account" or "/api/account/usage";
            var mayRead = isOwn || operation.Path == "/api/tickets"
                || (isSafe && !isDocuments && operation.Tag is not ("Account" or "Administration" or "Nodes"));

            Assert.True(mayRead != await IsForbiddenAsync(reads, operation), $"{operation} ({operation.Tag}) with jobs:read");
            Assert.True((isDocuments || isOwn) != await IsForbiddenAsync(files, operation), $"{operation} ({operation.Tag}) with documents");
        }
    }

    [Fact]
    public async Task The_documents_list_what_is_there_only_where_people_sign_in()
    {
        var listed = Listed().Matches(Repository.Read("docs/api.md") + Repository.Read("docs/security.md")).Select(m => m.Groups["endpoint"].Value);
        var served = (await DescribedOperation.ReadAsync(server.Administrator.Client)).Select(operation => operation.ToString());

        Assert.Equal(served.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static async Task AssertAlikeAsync(HttpClient stranger, DescribedOperation operation, Thing of)
    {
        var theirs = await AskAsync(stranger, operation, of.Value);
        var none = await AskAsync(stranger, operation, Thing.Missing);

        Assert.True(theirs.Status == none.Status, $"{operation} ({of}): {theirs.Status} for theirs, {none.Status} for none");
        Assert.True(theirs.Headers == none.Headers, $"{operation} ({of}): {theirs.Headers} for theirs, {none.Headers} for none");
        Assert.True(theirs.Body == none.Body, $"{operation} ({of}): {theirs.Body} for theirs, {none.Body} for none");
        var refusals = operation.Path.EndsWith("/rebuild", StringComparison.Ordinal) ? AsJobs : Refusals;
        if (!operation.Names.Intersect(NobodysNames).Any())
            Assert.True(refusals.Contains(theirs.Status), $"{operation} ({of}): {theirs.Status}");
    }

    private async Task<string> SignInAsync(TokenUser user)
    {
        using var browser = await server.SignInAsync(user.Name);
        var sessions = (await browser.AskAsync(HttpMethod.Get, "/api/account/sessions")).Body.GetProperty("sessions");
        return sessions[0].GetProperty("id").GetString()!;
    }

    private static async Task<bool> IsForbiddenAsync(HttpClient client, DescribedOperation operation)
    {
        using var request = operation.Request(_ => OwnedThings.NoJob);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode == HttpStatusCode.Forbidden;
    }

    private static async Task<(HttpStatusCode Status, string Headers, string Body)> AskAsync(
        HttpClient client, DescribedOperation operation, Func<string, string> valueOf)
    {
        using var request = operation.Request(valueOf);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var headers = string.Join(", ", response.Headers.Concat(response.Content.Headers)
            .Where(h => !Headers.Contains(h.Key)).Select(h => $"{h.Key}: {string.Join(';', h.Value)}").Order(StringComparer.Ordinal));
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        return (response.StatusCode, headers, isStream ? "" : Plain(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Without what differs from request to request.</summary>
    private static string Plain(string body) => Varying().Replace(body, "…");

    [GeneratedRegex(@"^\| `(?<endpoint>[A-Z]+ /[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex("""[0-9a-f]{32}|"traceId":"[^"]*"|"instance":"[^"]*"|"serverTime":"[^"]*"|a[0-9]{6}nobody""")]
    private static partial Regex Varying();
}
