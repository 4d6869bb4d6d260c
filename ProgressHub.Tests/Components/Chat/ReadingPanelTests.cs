using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Chat;

namespace ProgressHub.Tests.Components.Chat;

/// <summary>The panel that shows how a table was read, over a real table, and reads it again as a person says.</summary>
public sealed class ReadingPanelTests : ChatTest
{
    private const string Zips = "zip,amount\n01067,3\n80331,5\n";

    [Fact]
    public async Task The_first_rows_are_shown_with_the_type_of_each_column()
    {
        var panel = Render<ReadingPanel>(p => p.Add(r => r.SessionId, "none"));
        var session = await SessionAsync(Zips);
        panel.Render(p => p.Add(r => r.SessionId, session.Id));

        await panel.One("button", "Check or correct how it was read").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Contains("01067", panel.Markup, StringComparison.Ordinal));
        Assert.Equal("Text", panel.One("combobox", "Type of zip").GetAttribute("value"));
        Assert.Equal("Whole", panel.One("combobox", "Type of amount").GetAttribute("value"));
    }

    [Fact]
    public async Task A_type_that_is_corrected_is_read_and_whoever_shows_the_session_hears_of_it()
    {
        var session = await SessionAsync(Zips);
        var changed = 0;
        var panel = Render<ReadingPanel>(p => p.Add(r => r.SessionId, session.Id).Add(r => r.OnChanged, () => changed++));
        await panel.One("button", "Check or correct how it was read").ClickAsync(new());
        panel.WaitForAssertion(() => Assert.Contains("01067", panel.Markup, StringComparison.Ordinal));

        panel.One("combobox", "Type of amount").Change("Text");
        await panel.One("button", "Read again").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Equal(1, changed));
        Assert.Equal("Text", panel.One("combobox", "Type of amount").GetAttribute("value"));
        var data = (await Sessions.FindAsync(Owner, session.Id, CancellationToken.None))!.Data!;
        Assert.Equal("Text", data.Columns.Single(c => c.Name == "amount").Type.ToString());
    }

    [Fact]
    public async Task A_session_that_is_gone_is_said_to_be()
    {
        var panel = Render<ReadingPanel>(p => p.Add(r => r.SessionId, "0123456789abcdef0123456789abcdef"));

        await panel.One("button", "Check or correct how it was read").ClickAsync(new());

        panel.WaitForAssertion(() => Assert.Contains("This session was deleted", panel.One("alert").TextContent, StringComparison.Ordinal));
    }
}
