using System.Net;
using System.Text.Json;
using ProgressHub.Core.Accounts;

namespace ProgressHub.Tests.Accounts;

/// <summary>What administrators see and do, and nobody else.</summary>
[Collection(TokenCollection.Name)]
public sealed class AdministrationTests(TokenServer server)
{
    private HttpClient Admin => server.Administrator.Client;

    [Fact]
    public async Task A_key_of_anybodys_is_seen_and_revoked()
    {
        var user = await server.UserAsync();

        var (_, listed) = await Admin.AskAsync(HttpMethod.Get, "/api/admin/keys");
        var key = listed.GetProperty("keys").EnumerateArray().Single(each => each.GetProperty("key").GetProperty("id").GetString() == user.KeyId);
        Assert.Equal(user.Name, key.GetProperty("accountName").GetString());
        Assert.DoesNotContain(user.Key, listed.ToString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.NoContent, (await Admin.AskAsync(HttpMethod.Delete, $"/api/admin/keys/{user.KeyId}")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await user.Client.AskAsync(HttpMethod.Get, "/api/account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Admin.AskAsync(HttpMethod.Delete, $"/api/admin/keys/{user.KeyId}")).Status);
    }

    [Fact]
    public async Task Somebody_is_signed_out_everywhere()
    {
        var user = await server.UserAsync();
        using var browser = await server.SignInAsync(user.Name);

        Assert.Equal(HttpStatusCode.NoContent, (await Admin.AskAsync(HttpMethod.Delete, $"/api/admin/accounts/{user.Id}/sessions")).Status);

        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.AskAsync(HttpMethod.Get, "/api/account")).Status);
        Assert.Equal(HttpStatusCode.OK, (await user.Client.AskAsync(HttpMethod.Get, "/api/account")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Admin.AskAsync(HttpMethod.Delete, $"/api/admin/accounts/{OwnedThings.NoJob}/sessions")).Status);
    }

    [Fact]
    public async Task The_page_is_there_for_administrators_alone()
    {
        var (user, boss) = (await server.UserAsync(), await server.UserAsync(AccountRole.Administrator));
        using var users = await server.SignInAsync(user.Name);
        using var bosses = await server.SignInAsync(boss.Name);

        Assert.Equal(HttpStatusCode.NotFound, await PageAsync(users, "/admin?tab=audit"));
        Assert.Equal(HttpStatusCode.NotFound, await PageAsync(users, "/ADMIN/"));
        Assert.Equal(HttpStatusCode.OK, await PageAsync(bosses, "/admin?tab=audit"));
        Assert.Equal(HttpStatusCode.Redirect, await PageAsync(server.Anonymous, "/admin"));
    }

    [Fact]
    public async Task The_audit_log_is_narrowed_paged_and_exported_with_nothing_a_spreadsheet_would_run()
    {
        var name = $"@sum{Guid.NewGuid():N}"[..20];
        var (_, made) = await Admin.AskAsync(HttpMethod.Post, "/api/accounts", new { name, password = TokenServer.Password });
        var id = made.GetProperty("id").GetString()!;
        foreach (var enabled in (bool[])[false, true, false])
            await Admin.AskAsync(HttpMethod.Patch, $"/api/accounts/{id}", new { enabled });

        var first = await PageAsync($"person={id}&action=account&limit=3");
        var rest = await PageAsync($"person={id}&action=account&limit=3&before={first.Next}");
        Assert.Equal(["enabled=false", "enabled=true", "enabled=false"], first.Entries.Select(entry => entry.GetProperty("detail").GetString()));
        Assert.Equal("account.created", Assert.Single(rest.Entries).GetProperty("action").GetString());
        Assert.Null(rest.Next);
        Assert.Empty((await PageAsync($"person={id}&from=2200-01-01")).Entries);
        Assert.Empty((await PageAsync($"person={id}&to=2001-01-01T00:00:00Z")).Entries);
        Assert.Empty((await PageAsync($"person={id}&action=acc")).Entries);

        using var csv = await Admin.GetAsync($"/api/admin/audit?format=csv&person={id}");
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", csv.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(5, lines.Length);
        Assert.Contains($",'{name},", lines[1], StringComparison.Ordinal);

        var ndjson = (await Admin.GetStringAsync($"/api/admin/audit?format=ndjson&person={id}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, ndjson.Length);
        Assert.All(ndjson, line => Assert.Equal(id, JsonElement.Parse(line).GetProperty("subject").GetString()));

        foreach (var wrong in (string[])["format=xml", "from=yesterday", "limit=0", "before=x"])
            Assert.Equal(HttpStatusCode.BadRequest, (await Admin.AskAsync(HttpMethod.Get, $"/api/admin/audit?{wrong}")).Status);
        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Delete, HttpMethod.Put, HttpMethod.Patch])
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await Admin.AskAsync(method, "/api/admin/audit")).Status);
    }

    private static async Task<HttpStatusCode> PageAsync(HttpClient browser, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await browser.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<(JsonElement[] Entries, long? Next)> PageAsync(string query)
    {
        var (status, page) = await Admin.AskAsync(HttpMethod.Get, $"/api/admin/audit?{query}");
        Assert.Equal(HttpStatusCode.OK, status);
        return ([.. page.GetProperty("entries").EnumerateArray()], page.TryGetProperty("next", out var next) ? next.GetInt64() : null);
    }
}
