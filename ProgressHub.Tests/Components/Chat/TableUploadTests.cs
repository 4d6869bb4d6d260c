using System.Text;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Uploads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Chat;
using ProgressHub.Web.Components.Uploading;

namespace ProgressHub.Tests.Components.Chat;

/// <summary>A table on its way to a session; the page's script is played by the test.</summary>
public sealed class TableUploadTests : ChatTest
{
    [Fact]
    public async Task A_table_is_sent_read_and_has_its_session()
    {
        var form = Render<TableUpload>();
        await ChooseAsync(form, new ChosenFile("1", "orders.csv", 20));
        form.WaitForAssertion(() => Assert.Contains("Sending, 0 %", form.Markup, StringComparison.Ordinal));
        var id = await StoreAsync("region,n\nWest,3\n");

        Assert.True(await form.InvokeAsync(() => form.Instance.Begun("1", id)));
        await form.InvokeAsync(() => form.Instance.Progress("1", 10));
        form.WaitForAssertion(() => Assert.Equal("50", form.One("progressbar").GetAttribute("aria-valuenow")));
        await form.InvokeAsync(() => form.Instance.Sent("1"));

        form.WaitForState(() => Address.Uri.Contains("/analysis/", StringComparison.Ordinal));
        var session = Assert.Single(await Sessions.ListAsync(Owner, CancellationToken.None));
        Assert.EndsWith(session.Id, Address.Uri, StringComparison.Ordinal);
        Assert.Equal(("orders.csv", 1L), (session.Name, session.Data!.Rows));
        await Patience.UntilAsync(async () => await FindAsync(id) is null, "the upload went, as the session has a copy");
    }

    [Fact]
    public async Task What_is_no_table_for_all_its_name_is_refused_with_what_to_do()
    {
        var form = Render<TableUpload>();
        await ChooseAsync(form, new ChosenFile("1", "orders.csv", 20));
        var id = await StoreAsync("a\0b\0");
        await form.InvokeAsync(() => form.Instance.Begun("1", id));

        await form.InvokeAsync(() => form.Instance.Sent("1"));

        form.WaitForAssertion(() => Assert.Contains("Send CSV or TSV", Problem(form), StringComparison.Ordinal));
        Assert.Empty(await Sessions.ListAsync(Owner, CancellationToken.None));
        Assert.False(form.Find(".zone").HasAttribute("hidden"));
    }

    [Theory]
    [InlineData("book.xls", 10, "save it as .xlsx or CSV")]
    [InlineData("book.ods", 10, "save it as .xlsx or CSV")]
    [InlineData("photo.png", 10, "Choose a .csv, .tsv, .xlsx or .parquet file.")]
    [InlineData("empty.csv", 0, "is empty")]
    [InlineData("huge.csv", 200L * 1024 * 1024, "at most 100 MB are taken")]
    public async Task What_would_be_refused_is_not_sent(string name, long bytes, string said)
    {
        var form = Render<TableUpload>();

        await ChooseAsync(form, new ChosenFile("1", name, bytes));

        form.WaitForAssertion(() => Assert.Contains(said, Problem(form), StringComparison.Ordinal));
        Assert.False(await form.InvokeAsync(() => form.Instance.Begun("1", "f")));
    }

    [Fact]
    public async Task Two_files_are_one_too_many()
    {
        var form = Render<TableUpload>();

        await ChooseAsync(form, new ChosenFile("1", "a.csv", 1), new ChosenFile("2", "b.csv", 1));

        form.WaitForAssertion(() => Assert.Contains("choose one file", Problem(form), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_broken_line_and_a_cancel_make_room_for_another_try()
    {
        var form = Render<TableUpload>();
        await ChooseAsync(form, new ChosenFile("1", "a.csv", 1));
        await form.InvokeAsync(() => form.Instance.Broken("1", "The line is dead."));
        form.WaitForAssertion(() => Assert.Equal("The line is dead.", Problem(form)));

        await ChooseAsync(form, new ChosenFile("2", "a.csv", 1));
        var id = await StoreAsync("x");
        await form.InvokeAsync(() => form.Instance.Begun("2", id));
        form.WaitForState(() => form.All("button", "Cancel").Count == 1);
        await form.One("button", "Cancel").ClickAsync(new());

        Assert.False(form.Find(".zone").HasAttribute("hidden"));
        Assert.Null(await FindAsync(id));
    }

    private static Task ChooseAsync(IRenderedComponent<TableUpload> form, params ChosenFile[] files) =>
        form.InvokeAsync(() => form.Instance.Choose(files));

    private static string Problem(IRenderedComponent<TableUpload> form) => form.One("alert").Text();

    private async Task<string> StoreAsync(string content)
    {
        var uploads = Services.GetRequiredService<UploadService>();
        var bytes = Encoding.UTF8.GetBytes(content);
        var file = await uploads.CreateAsync(Owner, "orders.csv", bytes.Length, resumable: true, CancellationToken.None);
        await uploads.AppendAsync(file.Id, Owner, 0, new MemoryStream(bytes), isRest: true, CancellationToken.None);
        return file.Id;
    }

    private ValueTask<StoredFile?> FindAsync(string id) =>
        Services.GetRequiredService<UploadService>().FindAsync(id, Owner, CancellationToken.None);
}
