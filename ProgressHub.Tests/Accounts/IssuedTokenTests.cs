using System.Net;
using System.Security.Cryptography;

namespace ProgressHub.Tests.Accounts;

/// <summary>Programs with tokens that somebody else issued.</summary>
[Collection(TokenCollection.Name)]
public sealed class IssuedTokenTests(TokenServer server)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_token_of_a_known_issuer_lets_in_whom_it_is_about_each_time_as_the_same()
    {
        using var first = server.Client(server.Issuer.Issue("ann", Hour, claims: [("scope", "jobs:read jobs:write"), ("name", "Ann")]));
        using var second = server.Client(server.Issuer.Issue("ann", Hour, claims: [("scope", "jobs:read"), ("name", "Ann")]));
        using var other = server.Client(server.Issuer.Issue("bob", Hour, claims: [("scope", "jobs:read")]));

        var (status, job) = await first.AskAsync(HttpMethod.Post, "/api/jobs", new { kind = "external", input = new { } });
        var path = $"/api/jobs/{job.GetProperty("jobId").GetString()}";

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("Ann", (await first.AskAsync(HttpMethod.Get, "/api/account")).Body.GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.OK, (await second.AskAsync(HttpMethod.Get, path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.AskAsync(HttpMethod.Get, path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await second.AskAsync(HttpMethod.Post, $"{path}/cancel")).Status);
    }

    [Fact]
    public async Task What_a_token_does_not_say_it_may_not()
    {
        using var client = server.Client(server.Issuer.Issue("carl", Hour));

        var (status, problem) = await client.AskAsync(HttpMethod.Get, "/api/jobs");

        Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (status, problem.Code()));
    }

    [Fact]
    public async Task The_role_in_a_token_makes_an_administrator_where_the_scope_is_there_too()
    {
        using var boss = server.Client(server.Issuer.Issue("boss1", Hour, claims: [("scope", "admin"), ("role", "boss")]));
        using var user = server.Client(server.Issuer.Issue("user1", Hour, claims: [("scope", "admin"), ("role", "clerk")]));

        Assert.Equal(HttpStatusCode.OK, (await boss.AskAsync(HttpMethod.Get, "/api/accounts")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await user.AskAsync(HttpMethod.Get, "/api/accounts")).Status);
    }

    [Fact]
    public async Task Tokens_that_are_wrong_in_any_way_let_nobody_in()
    {
        using var stranger = RSA.Create(2048);
        var issuer = server.Issuer;
        string[] wrong =
        [
            issuer.Issue("ann", TimeSpan.FromMinutes(-2), claims: [("scope", "jobs:read")]),
            issuer.Issue("ann", Hour, audience: "somebody-else", claims: [("scope", "jobs:read")]),
            issuer.Issue("ann", Hour, issuer: "https://evil.example", claims: [("scope", "jobs:read")]),
            issuer.Issue("ann", Hour, key: stranger, claims: [("scope", "jobs:read")]),
            issuer.Issue("ann", Hour, claims: [("scope", "jobs:read")])[..^4] + "AAAA",
            "a.b.c", "..", "phk_nothing", "nothing",
        ];

        foreach (var token in wrong)
        {
            using var client = server.Client(token);
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.AskAsync(HttpMethod.Get, "/api/jobs")).Status);
        }
    }
}
