using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Core.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>People with passwords: in, out, and kept out.</summary>
[Collection(TokenCollection.Name)]
public sealed class SignInTests(TokenServer server)
{
    [Fact]
    public async Task Who_signs_in_has_what_is_theirs_until_they_sign_out()
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);
        var (status, me) = await browser.AskAsync(HttpMethod.Get, "/api/account");

        // The page of the sign-in form has the token that the sign-out takes as well.
        using var left = await TokenServer.PostFormAsync(browser, "/sign-in", "/sign-out");
        var (after, problem) = await browser.AskAsync(HttpMethod.Get, "/api/account");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((user.Id, user.Name, "user"), (me.GetProperty("id").GetString(), me.GetProperty("name").GetString(), me.GetProperty("role").GetString()));
        Assert.Equal("/sign-in?out=1", left.Headers.Location!.OriginalString);
        Assert.Equal((HttpStatusCode.Unauthorized, "unauthenticated"), (after, problem.Code()));
    }

    [Fact]
    public async Task The_cookie_of_a_session_is_no_scripts_and_no_other_sites()
    {
        var user = await server.UserAsync();
        using var browser = server.Client();
        using var response = await TokenServer.PostFormAsync(browser, "/sign-in", null, ("name", user.Name), ("password", TokenServer.Password));

        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith(SessionCookie.Name, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase); // over plain HTTP it would never come back
    }

    [Theory]
    [InlineData("/sign-in"), InlineData("/sign-out"), InlineData("/setup")]
    public async Task A_form_without_the_token_of_its_page_is_refused(string path)
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("name", user.Name), KeyValuePair.Create("password", TokenServer.Password)]);

        using var response = await browser.PostAsync(path, form);
        var (status, _) = await browser.AskAsync(HttpMethod.Get, "/api/account");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task A_wrong_name_and_a_wrong_password_are_told_alike()
    {
        var user = await server.UserAsync();
        using var browser = server.Client();

        using var name = await TokenServer.PostFormAsync(browser, "/sign-in", null, ("name", "nobody-at-all"), ("password", TokenServer.Password));
        using var password = await TokenServer.PostFormAsync(browser, "/sign-in", null, ("name", user.Name), ("password", "not that"));

        Assert.Equal("/sign-in?failed=wrong&to=%2F", name.Headers.Location!.OriginalString);
        Assert.Equal(name.Headers.Location, password.Headers.Location);
        Assert.Equal(
            name.Headers.Select(h => h.Key).Order(StringComparer.Ordinal), password.Headers.Select(h => h.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task After_many_wrong_passwords_the_right_one_does_not_do_either()
    {
        var user = await server.UserAsync();
        using var browser = server.Client();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await TokenServer.PostFormAsync(browser, "/sign-in", null, ("name", user.Name), ("password", $"wrong {i}"));
        }

        using var right = await TokenServer.PostFormAsync(browser, "/sign-in", null, ("name", user.Name), ("password", TokenServer.Password));
        var audit = await server.Services.GetRequiredService<AccountDatabase>().Audit.ListAsync(new AuditQuery(), CancellationToken.None);

        Assert.Equal("/sign-in?failed=wrong&to=%2F", right.Headers.Location!.OriginalString);
        Assert.Equal(9, audit.Count(e => e.AccountId == user.Id && e.Action == "signin.failed"));
        Assert.Contains(audit, e => e.AccountId == user.Id && e.Action == "signin.locked");
        Assert.Contains(audit, e => e.AccountId == user.Id && e.Action == "signin.refused");
    }

    [Fact]
    public void A_lock_ends_by_itself_and_a_right_password_forgets_the_wrong_ones()
    {
        var now = DateTimeOffset.UnixEpoch;
        var account = new Account { Id = "a", Name = "a" };

        var locked = account.Failed(2, TimeSpan.FromMinutes(1), now).Failed(2, TimeSpan.FromMinutes(1), now);

        Assert.Equal(now.AddMinutes(1), locked.LockedUntil);
        Assert.Null(account.Failed(2, TimeSpan.FromMinutes(1), now).LockedUntil);
        Assert.Equal((0, null), (locked.Succeeded().Failures, locked.Succeeded().LockedUntil));
    }

    [Theory]
    [InlineData("/jobs?q=a%26b", "/jobs?q=a%26b")]
    [InlineData("//evil.example/", "/"), InlineData("/\\evil.example", "/"), InlineData("https://evil.example", "/")]
    [InlineData("javascript:alert(1)", "/"), InlineData("", "/"), InlineData(null, "/"), InlineData("/a\r\nX: y", "/")]
    public void One_is_led_back_to_where_one_was_and_never_to_another_site(string? to, string expected) =>
        Assert.Equal(expected, SignInPage.Back(to));

    [Fact]
    public async Task A_page_leads_to_the_sign_in_and_back_and_data_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/jobs?q=x");
        request.Headers.Accept.ParseAdd("text/html");
        using var page = await server.Anonymous.SendAsync(request);
        using var data = await server.Anonymous.GetAsync("/api/jobs");

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?to=%2Fjobs%3Fq%3Dx"), (page.StatusCode, page.Headers.Location!.OriginalString));
        await data.IsProblemAsync(401, "unauthenticated");
        Assert.Equal("Bearer", Assert.Single(data.Headers.WwwAuthenticate).Scheme);
    }

    [Fact]
    public async Task Sessions_are_listed_to_their_own_and_end_at_once()
    {
        var (user, other) = (await server.UserAsync(), await server.UserAsync());
        using var first = await server.SignInAsync(user.Name);
        using var second = await server.SignInAsync(user.Name);
        using var stranger = await server.SignInAsync(other.Name);
        var sessions = (await first.AskAsync(HttpMethod.Get, "/api/account/sessions")).Body.GetProperty("sessions").EnumerateArray().ToArray();
        var theirs = sessions.Single(s => !s.GetProperty("current").GetBoolean()).GetProperty("id").GetString();

        var (refused, problem) = await stranger.AskAsync(HttpMethod.Delete, $"/api/account/sessions/{theirs}");
        var (ended, _) = await first.AskAsync(HttpMethod.Delete, $"/api/account/sessions/{theirs}");

        Assert.Equal(2, sessions.Length);
        Assert.Equal((HttpStatusCode.NotFound, "session_not_found"), (refused, problem.Code()));
        Assert.Equal(HttpStatusCode.NoContent, ended);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.AskAsync(HttpMethod.Get, "/api/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await first.AskAsync(HttpMethod.Get, "/api/account")).Status);
    }

    [Fact]
    public async Task A_disabled_account_and_a_new_password_end_every_session()
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);
        var admin = server.Administrator.Client;

        var (changed, _) = await admin.AskAsync(HttpMethod.Patch, $"/api/accounts/{user.Id}", new { password = "another long one" });
        var afterPassword = (await browser.AskAsync(HttpMethod.Get, "/api/account")).Status;
        using var again = await server.SignInAsync(user.Name, "another long one");
        await admin.AskAsync(HttpMethod.Patch, $"/api/accounts/{user.Id}", new { enabled = false });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (changed, afterPassword));
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.AskAsync(HttpMethod.Get, "/api/account")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await user.Client.AskAsync(HttpMethod.Get, "/api/jobs")).Status);
    }

    [Fact]
    public async Task Only_administrators_see_to_accounts_and_one_of_them_stays()
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);

        var (status, problem) = await browser.AskAsync(HttpMethod.Post, "/api/accounts", new { name = "mallory", password = TokenServer.Password });
        var (taken, name) = await server.Administrator.Client.AskAsync(HttpMethod.Post, "/api/accounts", new { name = user.Name.ToUpperInvariant(), password = TokenServer.Password });
        var (tooShort, password) = await server.Administrator.Client.AskAsync(HttpMethod.Post, "/api/accounts", new { name = "grace", password = "short" });
        var (last, only) = await server.Administrator.Client.AskAsync(HttpMethod.Patch, $"/api/accounts/{server.Administrator.Id}", new { role = "user" });

        Assert.Equal((HttpStatusCode.Forbidden, "scope_missing"), (status, problem.Code()));
        Assert.Equal((HttpStatusCode.Conflict, "name_taken"), (taken, name.Code()));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid_password"), (tooShort, password.Code()));
        Assert.Equal((HttpStatusCode.Conflict, "last_administrator"), (last, only.Code()));
    }
}
