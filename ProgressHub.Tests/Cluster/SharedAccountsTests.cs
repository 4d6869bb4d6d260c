using System.Net;
using System.Text.RegularExpressions;
using ProgressHub.Core.Accounts;
using ProgressHub.Tests.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>People and keys of several nodes.</summary>
[Collection(PostgresTests.Name)]
public sealed partial class SharedAccountsTests(PostgresServer postgres)
{
    private const string Password = "correct horse battery";

    [Fact]
    public async Task Who_is_set_up_at_one_node_signs_in_at_another_with_keys_and_tickets_and_a_key_that_one_revokes_the_other_refuses()
    {
        var (database, files) = (postgres.NewSchema(), Directory.CreateTempSubdirectory("progresshub-files-").FullName);
        await using var a = Prepare(database, files);
        await using var b = Prepare(database, files);
        await Task.WhenAll(a.StartAsync(), b.StartAsync());
        using var atA = Browser(a);
        using var atB = Browser(b);

        var came = await Task.WhenAll(SetUpAsync(a, b, atA, "ann"), SetUpAsync(b, a, atB, "bob"));
        Assert.Single(came, isIn => isIn);
        var (first, second, browser) = came[0] ? (a, b, atA) : (b, a, atB);
        using var elsewhere = Browser(second);
        using var signedIn = await TokenServer.PostFormAsync(elsewhere, "/sign-in", null, ("name", came[0] ? "ann" : "bob"), ("password", Password));
        Assert.Equal("/", signedIn.Headers.Location!.OriginalString);

        // Cookies go by the host and not by the port, so that the browser sends the first node's to the second.
        using var atSecond = await browser.GetAsync(new Uri(second.Address, "/api/account"));
        Assert.Equal(HttpStatusCode.OK, atSecond.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.AskAsync(HttpMethod.Get, "/api/account")).Status);

        var (_, made) = await browser.AskAsync(HttpMethod.Post, "/api/account/keys", new { name = "n", scopes = new[] { "jobs:read", "jobs:write" } });
        using var program = Browser(second);
        program.DefaultRequestHeaders.Authorization = new("Bearer", made.GetProperty("key").GetString());
        Assert.Equal(HttpStatusCode.OK, (await program.AskAsync(HttpMethod.Get, "/api/jobs")).Status);
        await using var stream = await EventStream.OpenAsync(program, "/api/events");

        // A ticket of the first is good at the second, once, and then at neither.
        var (_, ticket) = await browser.AskAsync(HttpMethod.Post, "/api/tickets");
        var path = $"/api/events?ticket={ticket.GetProperty("ticket").GetString()}";
        using var anonymous = Browser(second);
        await using (await EventStream.OpenAsync(anonymous, path))
        {
            foreach (var node in (ServerProcess[])[first, second])
            {
                using var again = await EventStream.AskAsync(node.Client, path);
                await again.IsProblemAsync(401, "unauthenticated");
            }
        }

        Assert.Equal(HttpStatusCode.NoContent, (await browser.AskAsync(HttpMethod.Delete, $"/api/account/keys/{made.GetProperty("id").GetString()}")).Status);

        await Patience.UntilAsync(
            async () => (await program.AskAsync(HttpMethod.Get, "/api/jobs")).Status == HttpStatusCode.Unauthorized, "the key is refused at the other node");
        await Assert.ThrowsAnyAsync<IOException>(() => stream.RestAsync().Soon());
    }

    [Fact]
    public async Task What_one_node_takes_back_the_others_learn_by_a_number()
    {
        var accounts = new PostgresAccounts(postgres.NewSchema());
        await using var one = accounts.Open(new AccessChanges());
        await using var other = accounts.Open(new AccessChanges());
        var at = DateTimeOffset.UnixEpoch;
        var before = await other.ChangesAsync(default);
        await one.Keys.AddAsync(new ApiKey { Id = "k", AccountId = "a", Name = "n", Prefix = "p", Scopes = [], CreatedAt = at }, [1], 1, default);
        Assert.Equal(before, await other.ChangesAsync(default));

        await one.Keys.RevokeAsync("k", "a", default);

        Assert.NotEqual(before, await other.ChangesAsync(default));
    }

    private static ServerProcess Prepare(string database, string files) => ServerProcess.Prepare(
        ("Storage:Provider", "Postgres"), ("Storage:ConnectionString", database), ("Cluster:Name", "accounts"),
        ("Cluster:SiloPort", $"{ServerProcess.FreePort()}"), ("Uploads:Directory", files), ("Auth:Mode", "Token"),
        ("Logging:LogLevel:Orleans", "Error"));

    private static HttpClient Browser(ServerProcess server) =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address, Timeout = Patience.Limit };

    private static async Task<bool> SetUpAsync(ServerProcess server, ServerProcess printed, HttpClient browser, string name)
    {
        // Whichever node printed it, all take it.
        var code = "";
        await Patience.UntilAsync(
            () => (code = Code().Match(printed.Output).Groups["code"].Value) != "", $"the node beside {server.Address} prints a code");
        using var response = await TokenServer.PostFormAsync(
            browser, $"/setup?code={code}", null, ("code", code), ("name", name), ("password", Password));
        return response.Headers.Location?.OriginalString == "/";
    }

    [GeneratedRegex(@"/setup\?code=(?<code>\S+)")]
    private static partial Regex Code();
}
