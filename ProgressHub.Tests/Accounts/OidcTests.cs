using System.Net;
using System.Web;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Accounts.Providers;
using ProgressHub.Core.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>People who sign in by a provider, here OpenIddict on a port of its own.</summary>
[Collection(TokenCollection.Name)]
public sealed class OidcTests(TokenServer server)
{
    [Fact]
    public async Task Who_signs_in_there_is_in_here_with_their_name_and_role()
    {
        var (browser, path) = await SignInAsync(new ProviderPerson("p1", "Ada") { Roles = [IdentityProvider.AdministratorRole] }, "/jobs?q=x");
        using var _ = browser;

        var me = (await browser.AskAsync(HttpMethod.Get, "/api/account")).Body;

        Assert.Equal("/jobs?q=x", path);
        Assert.Equal(("Ada", "administrator"), (me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
    }

    [Fact]
    public async Task The_code_goes_with_a_proof_that_is_not_in_the_address()
    {
        using var browser = server.Client();
        using var away = await browser.GetAsync("/sign-in/provider");

        var query = HttpUtility.ParseQueryString(away.Headers.Location!.Query);
        Assert.StartsWith(server.Provider.Address, away.Headers.Location.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(("code", "S256"), (query["response_type"], query["code_challenge_method"]));
        Assert.NotNull(query["code_challenge"]);
        Assert.Contains("offline_access", query["scope"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_the_provider_that_this_browser_did_not_ask_for_signs_nobody_in()
    {
        server.Provider.Person = new ProviderPerson("p2", "Bea");
        using var asking = server.Client();
        using var other = server.Client();
        using var away = await asking.GetAsync("/sign-in/provider");
        using var back = await asking.GetAsync(away.Headers.Location);

        using var response = await other.GetAsync(back.Headers.Location);

        Assert.Equal("/sign-in?failed=provider", response.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.AskAsync(HttpMethod.Get, "/api/account")).Status);
    }

    [Fact]
    public async Task Signing_out_here_signs_out_there_too()
    {
        var (browser, _) = await SignInAsync(new ProviderPerson("p3", "Cy"), "/");
        using var owned = browser;
        var before = server.Provider.SignOuts;

        using var left = await TokenServer.PostFormAsync(browser, "/sign-in", "/sign-out");
        using var there = await browser.GetAsync(left.Headers.Location);
        using var back = await browser.GetAsync(there.Headers.Location);

        Assert.StartsWith($"{server.Provider.Address}/connect/end", left.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(before + 1, server.Provider.SignOuts);
        Assert.EndsWith("/sign-in?out=1", back.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AskAsync(HttpMethod.Get, "/api/account")).Status);
    }

    [Fact]
    public async Task A_session_lasts_as_long_as_the_provider_says_and_takes_over_a_new_role()
    {
        var person = new ProviderPerson("p4", "Di");
        var (browser, _) = await SignInAsync(person, "/");
        using var owned = browser;
        var before = server.Provider.Refreshes;
        server.Provider.Person = person with { Roles = [IdentityProvider.AdministratorRole] };

        await Patience.UntilAsync(
            async () => (await browser.AskAsync(HttpMethod.Get, "/api/account")).Body.GetProperty("role").GetString() == "administrator",
            "the provider was asked and the new role is known");
        Assert.True(server.Provider.Refreshes > before);

        server.Provider.Person = person with { MayStay = false };
        await Patience.UntilAsync(
            async () => (await browser.AskAsync(HttpMethod.Get, "/api/account")).Status == HttpStatusCode.Unauthorized,
            "the provider refused and the session has ended");
    }

    [Fact]
    public async Task What_the_provider_gave_is_not_in_the_clear_on_the_disk()
    {
        var (browser, _) = await SignInAsync(new ProviderPerson("p5", "Ed"), "/");
        using var owned = browser;
        var database = server.Services.GetRequiredService<AccountDatabase>();
        var account = await database.Accounts.FindBySubjectAsync(server.Provider.Address, "p5", CancellationToken.None);

        var session = Assert.Single(await database.Sessions.ListAsync(account!.Id, CancellationToken.None));
        var tokens = server.Services.GetRequiredService<ProviderTokenProtector>().Unprotect(session.ProviderTokens)!;

        Assert.NotNull(tokens.RefreshToken);
        Assert.Equal(-1, session.ProviderTokens.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(tokens.RefreshToken![..24])));
    }

    /// <summary>Goes the whole way as a browser does: away, there, and back.</summary>
    private async Task<(HttpClient Browser, string Path)> SignInAsync(ProviderPerson person, string to)
    {
        server.Provider.Person = person;
        var browser = server.Client();
        using var away = await browser.GetAsync($"/sign-in/provider?to={Uri.EscapeDataString(to)}");
        Assert.Equal(HttpStatusCode.Redirect, away.StatusCode);
        using var there = await browser.GetAsync(away.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, there.StatusCode);
        using var back = await browser.GetAsync(there.Headers.Location);
        Assert.Equal(HttpStatusCode.Redirect, back.StatusCode);
        Assert.True(back.Headers.Location!.OriginalString.StartsWith(to, StringComparison.Ordinal), string.Join('\n', server.Logs.Lines.TakeLast(5)));
        return (browser, back.Headers.Location!.OriginalString);
    }
}
