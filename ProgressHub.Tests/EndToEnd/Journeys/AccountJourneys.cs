using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>A server in which people sign in, from its first start on.</summary>
public sealed partial class AccountJourneys(JourneyStage stage) : Journey(stage)
{
    private const string Password = "a sentence of mine";

    [ChromiumFact]
    public async Task From_the_link_of_the_first_start_to_a_key_and_out_again()
    {
        await using var server = await ServerProcess.StartNewAsync(("Auth:Mode", "Token"));
        await Patience.UntilAsync(() => Link().IsMatch(server.Output), "the server says where the first account is made");
        var link = new Uri(Link().Match(server.Output).Value).PathAndQuery;

        var first = await VisitAsync(new() { BypassCSP = true }, server);
        var page = await first.OpenAsync(link);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Set up ProgressHub" })).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);
        await FillAsync(page, "ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the account" }).ClickAsync();
        await Expect(Menu(page)).ToBeVisibleAsync();

        var again = await first.OpenAsync(link);
        await Expect(again.GetByText("The link is not good, or has been used.")).ToBeVisibleAsync();

        await page.GotoAsync("/account");
        await Expect(page.GetByText("You are signed in as ada, an administrator.")).ToBeVisibleAsync();
        await page.GetByLabel("What it is for").FillAsync("Nightly report");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a key" }).ClickAsync();
        await Expect(page.GetByText("It is not shown again.")).ToBeVisibleAsync();
        var key = await page.GetByText(Key()).First.InnerTextAsync();
        await AssertAccessibleAsync(page);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await AssertAccessibleAsync(page);
        foreach (var tab in (string[])["", "?tab=keys", "?tab=quotas", "?tab=usage", "?tab=audit"])
        {
            await page.GotoAsync($"/admin{tab}");
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Administration", Exact = true })).ToBeVisibleAsync();
            await AssertAccessibleAsync(page);
        }

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await ShareByKeysAsync(page, await SubmitAsync(server, key));
        await page.GotoAsync("/account");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server, key));

        var second = await VisitAsync(new() { BypassCSP = true }, server);
        second.ExpectLostConnections();
        second.ExpectStatus(401);
        var other = await second.OpenAsync("/jobs");
        await AssertAccessibleAsync(other);
        await FillAsync(other, "ada");
        await other.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(other).ToHaveURLAsync(new Regex("/jobs$"));
        await Expect(Menu(other)).ToBeVisibleAsync();

        // Signed out from elsewhere: the open page says so by leading to the sign-in.
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere else" }).ClickAsync();
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke Nightly report" }).ClickAsync();
        await Expect(page.GetByText("Nightly report").And(page.GetByRole(AriaRole.Cell))).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server, key));

        await Menu(page).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(page.GetByText("You are signed out.")).ToBeVisibleAsync();
        await page.GotoAsync("/account");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        server.AssertCalm();
    }

    /// <summary>Makes a link with the keyboard alone, and comes back to where it was asked for.</summary>
    private static async Task ShareByKeysAsync(IPage page, string job)
    {
        await page.GotoAsync($"/jobs/{job}");
        var share = page.GetByRole(AriaRole.Group, new() { Name = "Actions" }).GetByRole(AriaRole.Button, new() { Name = "Share" });
        await share.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToBeFocusedAsync();
        await TabToAsync(page, dialog.GetByRole(AriaRole.Button, new() { Name = "Make a link" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByText("Copy the link now. It is not shown again.")).ToBeVisibleAsync();
        await AssertAccessibleAsync(page);

        // What takes a link away goes away with it, and the focus stays in the dialog.
        await TabToAsync(page, dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke: Whoever has the link" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(dialog.GetByText("It is shared with nobody yet.")).ToBeVisibleAsync();
        await Expect(dialog).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(share).ToBeFocusedAsync();
    }

    private static async Task<string> SubmitAsync(ServerProcess server, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs")
        {
            Content = JsonContent.Create(new { kind = "external", title = "Nightly backup", input = new { heartbeatSeconds = 3600 } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await server.Client.SendAsync(request);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).Id();
    }

    private static ILocator Menu(IPage page) => page.GetByTitle("ada", new() { Exact = true });

    private static async Task FillAsync(IPage page, string name)
    {
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await AxeScan.FindAsync(page, page.Url);
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    private static async Task<HttpStatusCode> StatusAsync(ServerProcess server, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/jobs");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await server.Client.SendAsync(request);
        return response.StatusCode;
    }

    [GeneratedRegex(@"http\S+/setup\?code=\S+")]
    private static partial Regex Link();

    [GeneratedRegex(@"^phk_\S{40,}$")]
    private static partial Regex Key();
}
