namespace ProgressHub.Tests.Attacks;

/// <summary>Requests that no client sends that means well: other names, paths out of the root, two of what is one, endless lines.</summary>
[Collection(AttackCollection.Name)]
public sealed class HttpAttacks(AttackServers servers)
{
    private const string NoJob = "/api/jobs/00000000000000000000000000000000";

    public static TheoryData<string, string> Hosts => AttackModes.With(
        "evil.example", "localhost.evil.example", "localhost.", "127.1", "2130706433", "0.0.0.0", "[::]", "[::ffff:127.0.0.1].evil", "evil@127.0.0.1", "127.0.0.1\0.evil", "127.0.0.1#evil", "");

    public static TheoryData<string, string> Paths => AttackModes.With(
        "/../data/progresshub.db", "/..%2f..%2fdata/progresshub.db", "/%2e%2e/%2e%2e/etc/passwd", "/js/..%5c..%5cappsettings.json", "/appsettings.json", "//etc/passwd",
        "/api/jobs/..%2f..%2f..%2fetc%2fpasswd", "/api/uploads/../../external.key", "/keys/", "/data/external.key", "/.git/config", "/js/progresshub.js%00.css",
        "/_framework/../appsettings.json", "/watch/..%2f..%2fdata", "/api/jobs/%ff%fe", "/api/collections/%00/documents", "/api/sessions/..%2fx");

    public static TheoryData<string, string> Requests => AttackModes.With(
        "GET /api/jobs HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\n\r\n",
        "GET /api/jobs HTTP/1.1\r\n\r\n",
        "GET /api/jobs HTTP/1.1\r\nHost: HOST\r\nX: a\r\n b\r\n\r\n",
        "GET http://evil.example/api/jobs HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/jobs HTTP/1.1\r\n\r\n",
        "POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}",
        "POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n",
        "POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "POST /api/jobs HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        "TRACE /api/jobs HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "G\u0001T / HTTP/1.1\r\nHost: HOST\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: HOST\r\n\r\n",
        "\u0016\u0003\u0001\u0002 / HTTP/1.1\r\nHost: HOST\r\n\r\n");

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_name_that_is_not_ours_leads_nowhere(string mode, string host)
    {
        // Where people sign in a server may go by any name, and a name lets nobody in.
        var server = await servers.OfAsync(mode);

        var answer = await server.SendRawAsync($"GET /api/jobs HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", asNobody: true);

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        await server.IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task No_path_leads_out_of_what_is_served(string mode, string path)
    {
        var server = await servers.OfAsync(mode);

        var answer = await server.SendRawAsync($"GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        await server.IsWellAsync();
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task A_request_that_is_none_is_refused_or_cut_and_is_no_failure_of_ours(string mode, string request)
    {
        var server = await servers.OfAsync(mode);

        var answer = await server.SendRawAsync(request);

        Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal), answer);
        await server.IsWellAsync();
    }

    public static TheoryData<string, int> Sizes => AttackModes.With(20_000, 200_000, 2_000_000);

    [Theory]
    [MemberData(nameof(Sizes))]
    public async Task Lines_and_headers_without_end_are_refused(string mode, int size)
    {
        var server = await servers.OfAsync(mode);
        var much = new string('a', size);

        foreach (var request in (string[])
        [
            $"GET /api/jobs?q={much} HTTP/1.1\r\nHost: HOST\r\n\r\n",
            $"GET /api/jobs HTTP/1.1\r\nHost: HOST\r\nX-A: {much}{much}\r\n\r\n",
            $"GET /api/jobs HTTP/1.1\r\nHost: HOST\r\n{string.Concat(Enumerable.Range(0, size / 20).Select(i => $"X-{i}: a\r\n"))}\r\n",
        ])
        {
            var answer = await server.SendRawAsync(request);
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        }

        await server.IsWellAsync();
    }

    public static TheoryData<string, string> Ranges => AttackModes.With(
        "bytes=0-", "bytes=-1", "bytes=0-0,1-1,2-2,3-3,4-4,5-5", "bytes=9999999999999999999-", "bytes=5-2", "pages=1-2", "bytes=a-b");

    [Theory]
    [MemberData(nameof(Ranges))]
    public async Task Ranges_of_what_is_not_there_are_answered_like_anything_that_is_not_there(string mode, string range)
    {
        var server = await servers.OfAsync(mode);

        using var answer = await server.AskAsync(HttpMethod.Get, $"{NoJob}/result", null, ("Range", range));

        Assert.Equal(404, (int)answer.StatusCode);
    }
}
