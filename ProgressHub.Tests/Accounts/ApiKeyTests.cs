using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>Programs with keys.</summary>
[Collection(TokenCollection.Name)]
public sealed class ApiKeyTests(TokenServer server)
{
    [Fact]
    public async Task A_key_is_shown_once_and_kept_as_a_hash()
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);

        var (status, made) = await browser.AskAsync(
            HttpMethod.Post, "/api/account/keys", new { name = "Nightly report", scopes = new[] { "jobs:read" } });
        var key = made.GetProperty("key").GetString()!;
        var listed = (await browser.AskAsync(HttpMethod.Get, "/api/account/keys")).Body;

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.StartsWith(AccessCheck.KeyPrefix, key, StringComparison.Ordinal);
        Assert.StartsWith(made.GetProperty("prefix").GetString()!, key, StringComparison.Ordinal);
        Assert.Equal(2, listed.GetProperty("keys").GetArrayLength());
        Assert.DoesNotContain(key, listed.GetRawText(), StringComparison.Ordinal);
        Assert.All(server.Data.GetFiles("accounts.db*"), file => Assert.DoesNotContain(key, Read(file), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_key_is_good_for_nothing_from_the_next_request_on()
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);
        Assert.Equal(HttpStatusCode.OK, (await user.Client.AskAsync(HttpMethod.Get, "/api/jobs")).Status);

        var (revoked, _) = await browser.AskAsync(HttpMethod.Delete, $"/api/account/keys/{user.KeyId}");

        Assert.Equal(HttpStatusCode.NoContent, revoked);
        Assert.Equal(HttpStatusCode.Unauthorized, (await user.Client.AskAsync(HttpMethod.Get, "/api/jobs")).Status);
    }

    [Fact]
    public async Task A_key_makes_no_keys_and_sees_no_sessions()
    {
        var user = await server.UserAsync();

        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Get, "/api/account/keys"), (HttpMethod.Post, "/api/account/keys"), (HttpMethod.Get, "/api/account/sessions")])
        {
            var (status, problem) = await user.Client.AskAsync(method, path);
            Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (status, problem.Code()));
        }
    }

    [Fact]
    public async Task An_expired_key_is_good_for_nothing()
    {
        var user = await server.UserAsync();
        var now = TimeProvider.System.GetUtcNow();
        var (_, key) = await server.Services.GetRequiredService<ApiKeys>().CreateAsync(
            user.Account, new NewKey("short", ["jobs:read"], now.AddSeconds(2)), null, CancellationToken.None);
        using var client = server.Client(key);
        Assert.Equal(HttpStatusCode.OK, (await client.AskAsync(HttpMethod.Get, "/api/jobs")).Status);

        await Patience.UntilAsync(
            async () => (await client.AskAsync(HttpMethod.Get, "/api/jobs")).Status == HttpStatusCode.Unauthorized, "the key is over");
    }

    [Theory]
    [InlineData("""{"name":"","scopes":["jobs:read"]}""", 422, "invalid_name")]
    [InlineData("""{"name":"a","scopes":[]}""", 422, "invalid_scope")]
    [InlineData("""{"name":"a","scopes":["everything"]}""", 422, "invalid_scope")]
    [InlineData("""{"name":"a","scopes":["account"]}""", 422, "invalid_scope")]
    [InlineData("""{"name":"a","scopes":["admin"]}""", 422, "invalid_scope")]
    [InlineData("""{"name":"a","scopes":["jobs:read"],"expiresAt":"2001-01-01T00:00:00Z"}""", 422, "invalid_expiry")]
    [InlineData("""{"scopes":["jobs:read"]}""", 400, "invalid_body")]
    public async Task A_key_that_can_not_be_is_refused_with_a_reason(string body, int status, string code)
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);
        using var response = await browser.PostAsync("/api/account/keys", WebServer.Raw(body));

        await response.IsProblemAsync(status, code);
    }

    [Fact]
    public async Task Somebody_elses_key_is_as_none()
    {
        var (user, other) = (await server.UserAsync(), await server.UserAsync());
        using var browser = await server.SignInAsync(other.Name);

        var theirs = await browser.AskAsync(HttpMethod.Delete, $"/api/account/keys/{user.KeyId}");
        var none = await browser.AskAsync(HttpMethod.Delete, $"/api/account/keys/{new string('0', 32)}");

        Assert.Equal((HttpStatusCode.NotFound, "key_not_found"), (theirs.Status, theirs.Body.Code()));
        Assert.Equal(theirs.Status, none.Status);
        Assert.Equal(HttpStatusCode.OK, (await user.Client.AskAsync(HttpMethod.Get, "/api/jobs")).Status);
    }

    [Fact]
    public async Task Use_of_a_key_is_noted()
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);
        await user.Client.AskAsync(HttpMethod.Get, "/api/jobs");

        await Patience.UntilAsync(
            async () => (await browser.AskAsync(HttpMethod.Get, "/api/account/keys")).Body.GetProperty("keys")[0].TryGetProperty("usedAt", out _),
            "the use is noted");
    }

    private static string Read(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
