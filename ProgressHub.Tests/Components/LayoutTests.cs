using Bunit;
using Microsoft.AspNetCore.Components;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Layout;

namespace ProgressHub.Tests.Components;

public sealed class LayoutTests : ComponentTest
{
    [Fact]
    public void The_frame_leads_to_every_page_of_its_own()
    {
        var layout = Render<MainLayout>();

        Assert.Equal(["", "jobs", "queue", "schedules", "collections", "analysis", "connect", "webhooks", "engines", "docs"], layout.FindAll("nav[aria-label=Main] a").Select(a => a.GetAttribute("href")));
        Assert.Equal("Skip to the content", layout.All("link")[0].TextContent);
    }

    [Fact]
    public async Task An_error_in_a_page_leaves_the_frame_standing_and_can_be_recovered_from()
    {
        var broken = true;
        RenderFragment body = builder =>
        {
            if (broken)
                throw new InvalidOperationException("A secret of the server.");
            builder.AddContent(0, "The page");
        };

        var layout = Render<MainLayout>(p => p.Add(x => x.Body, body));
        Assert.Equal("This page ran into an error", layout.One("heading").TextContent);
        Assert.DoesNotContain("secret", layout.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(layout.All("link", "Jobs"));
        broken = false;
        await layout.One("button", "Try again").ClickAsync(new());

        Assert.Contains("The page", layout.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Going_elsewhere_recovers_too()
    {
        var broken = true;
        RenderFragment body = builder =>
        {
            if (broken)
                throw new InvalidOperationException("Broken.");
            builder.AddContent(0, "The page");
        };
        var layout = Render<MainLayout>(p => p.Add(x => x.Body, body));
        broken = false;

        Address.NavigateTo("jobs");

        layout.WaitForAssertion(() => Assert.Contains("The page", layout.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_appearance_follows_the_system_until_it_is_chosen()
    {
        var module = JSInterop.SetupModule("./ui/appearance-choice.js");
        module.Setup<string>("read").SetResult("system");
        module.Setup<object>("choose", _ => true).SetResult(new object());
        var toggle = Render<AppearanceToggle>();
        toggle.WaitForAssertion(() => Assert.Equal("Appearance: system. Change to light", toggle.Find("button").GetAttribute("aria-label")));

        await toggle.Find("button").ClickAsync(new());
        await toggle.Find("button").ClickAsync(new());

        Assert.Equal(["light", "dark"], JSInterop.Invocations["choose"].Select(i => i.Arguments[0]));
        Assert.Equal("Appearance: dark. Change to system", toggle.Find("button").GetAttribute("aria-label"));
    }
}
