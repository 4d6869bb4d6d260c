using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace ProgressHub.Tests.EndToEnd.Journeys;

/// <summary>Conversations over tables: the sample, one of the user's own, two side by side, and a file that is none.</summary>
public sealed partial class AnalysisJourneys(JourneyStage stage) : Journey(stage)
{
    private const string Orders = "region,day,net_amount,gross_amount\nWest,2024-01-05,3,4\nEast,2024-01-06,5,6\nWest,2024-02-01,7,9\n";

    // A phone, one with its keyboard open, an old one, and wide screens that are high and low; with text as it is and twice as large.
    private static readonly (int Width, int Height)[] Screens = [(390, 844), (390, 480), (320, 568), (1280, 800), (1280, 480)];

    [ChromiumFact]
    public async Task On_a_phone_one_can_write_without_scrolling()
    {
        await SessionAsync("Another one");
        var page = await (await VisitAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } })).OpenAsync("/analysis");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask this sample" }).ClickAsync();
        await ReadyAsync(page);
        await ExpectToReachAsync(page);

        await Field(page).FillAsync("What stocks have highest volatility?");
        await Field(page).PressAsync("Enter");
        await Expect(Answers(page).First).ToContainTextAsync("HALO has the highest volatility");
        await ExpectToReachAsync(page);

        // Whatever stands above it: a name of several lines, what the table is, and more.
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("^Rename") }).ClickAsync();
        await page.GetByLabel("Name of the session").FillAsync(string.Join(' ', Enumerable.Repeat("A name of several lines", 4)));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("of several lines");
        await page.Locator("main details summary").First.ClickAsync();
        await ExpectToReachAsync(page);
    }

    [ChromiumFact]
    public async Task A_question_to_the_sample_shows_its_steps_and_then_words_chart_and_rows()
    {
        var page = await (await VisitAsync()).OpenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Tables", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask this sample" }).ClickAsync();
        await Expect(Heading(page, "Prices of eight instruments")).ToBeVisibleAsync();
        await ReadyAsync(page);

        await Field(page).FillAsync("What stocks");
        await Field(page).PressAsync("Shift+Enter");
        await Expect(Field(page)).ToHaveValueAsync("What stocks\n");
        await Expect(Answers(page)).ToHaveCountAsync(0);
        await Field(page).FillAsync("What stocks have highest volatility?");
        await Field(page).PressAsync("Enter");

        var answer = Answers(page).First;
        await Expect(page.Locator(".asked p")).ToHaveTextAsync("What stocks have highest volatility?");
        await Expect(Field(page)).ToHaveValueAsync("");
        await Expect(answer.Locator(".line").First).ToContainTextAsync("Processing question");
        await Expect(answer.Locator(".line").First).ToContainTextAsync("(Step 1/5)");
        await Expect(answer).ToContainTextAsync("HALO has the highest volatility");
        await Expect(answer.GetByRole(AriaRole.Row)).ToHaveCountAsync(9);
        var chart = answer.GetByRole(AriaRole.Img, new() { NameRegex = new Regex("volatility", RegexOptions.IgnoreCase) });
        Assert.True((await chart.BoundingBoxAsync())!.Width > 100, "The chart is a picture.");
        await answer.GetByText(Summary()).ClickAsync();
        await Expect(answer.Locator(".line").Last).ToBeVisibleAsync();
        await answer.GetByText("The query", new() { Exact = true }).ClickAsync();
        await Expect(answer.Locator("pre")).ToContainTextAsync("SELECT");
        Assert.StartsWith(
            "symbol,volatility", await DownloadAsync(page, answer.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" })), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task A_table_of_ones_own_asks_back_and_a_reload_in_the_middle_shows_the_same()
    {
        var page = await (await VisitAsync()).OpenAsync("/analysis");
        await UploadAsync(page, "orders.csv", Encoding.UTF8.GetBytes(Orders));
        await Expect(Heading(page, "orders.csv")).ToBeVisibleAsync();
        await Expect(page.GetByText("3 rows · 4 columns")).ToBeVisibleAsync();
        await ReadyAsync(page);
        await Field(page).FillAsync("total amount by region");
        await Field(page).PressAsync("Enter");
        var answer = Answers(page).First;
        await Expect(answer.Locator(".question")).ToContainTextAsync("Which column is meant by 'amount'?");
        var lines = await answer.Locator(".line").AllInnerTextsAsync();
        Assert.Contains(lines, line => line.Contains("(Step 1/5)", StringComparison.Ordinal));

        await page.ReloadAsync();
        await Expect(answer.Locator(".question")).ToContainTextAsync("Which column is meant by 'amount'?");
        Assert.Equal(lines, await answer.Locator(".line").AllInnerTextsAsync());
        await answer.GetByRole(AriaRole.Button, new() { Name = "gross_amount" }).PressAsync("Enter");

        // By keys one is still in the answer, whose buttons are gone, and not on another button.
        await Expect(answer).ToBeFocusedAsync();
        await Expect(answer).ToContainTextAsync("West has the highest total gross_amount");
        await Expect(answer.Locator(".question")).ToHaveCountAsync(0);
        await Expect(answer.GetByText(Summary())).ToBeVisibleAsync();
        await Expect(answer.GetByRole(AriaRole.Cell, new() { Name = "13" })).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task Two_sessions_stand_side_by_side_each_with_its_own_conversation()
    {
        var (first, second) = (await SessionAsync("Left"), await SessionAsync("Right"));
        var page = await (await VisitAsync()).OpenAsync($"/analysis/{first}");
        await page.GetByLabel("Beside it").SelectOptionAsync(second);
        var (left, right) = (Chat(page, "Left"), Chat(page, "Right"));
        await right.GetByLabel("Question", new() { Exact = true }).FillAsync("average close by sector");
        await right.GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(right.Locator(".said")).ToBeVisibleAsync();
        await Expect(left.Locator(".asked")).ToHaveCountAsync(0);

        // What another program asks of the session is shown, too.
        await AskAsync(first, "Which symbol had the most volume?");
        await Expect(left.Locator(".said")).ToBeVisibleAsync();
        await Expect(right.Locator(".asked")).ToHaveCountAsync(1);

        var (a, b) = ((await left.BoundingBoxAsync())!, (await right.BoundingBoxAsync())!);
        Assert.True(b.X > a.X + a.Width - 1, "They stand side by side.");
        await page.SetViewportSizeAsync(390, 844);
        (a, b) = ((await left.BoundingBoxAsync())!, (await right.BoundingBoxAsync())!);
        Assert.True(b.Y > a.Y + a.Height - 1, "On a narrow screen one stands below the other.");
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Close Left" }).ClickAsync();
        await Expect(Heading(page, "Right")).ToBeVisibleAsync();
        await Expect(page).ToHaveURLAsync(new Regex($"/analysis/{second}$"));
    }

    [ChromiumFact]
    public async Task A_file_that_is_no_table_is_refused_and_another_can_be_chosen()
    {
        var page = await (await VisitAsync()).OpenAsync("/analysis");
        await UploadAsync(page, "photo.csv", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 13, 0xFF, 0, 1]);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("photo.csv is no table, whatever its name says");
        await UploadAsync(page, "book.ods", "PK"u8.ToArray());
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("save it as .xlsx or CSV");

        await UploadAsync(page, "fine.csv", Encoding.UTF8.GetBytes(Orders));

        await Expect(Heading(page, "fine.csv")).ToBeVisibleAsync();
    }

    [ChromiumFact]
    public async Task A_reader_who_has_scrolled_up_stays_there_and_a_question_of_ones_own_goes_to_the_end()
    {
        var session = await SessionAsync("Long");
        foreach (var by in (string[])["symbol", "sector"])
            await AskAsync(session, $"average close by {by}");
        var page = await (await VisitAsync()).OpenAsync($"/analysis/{session}");
        await Expect(page.Locator(".said")).ToHaveCountAsync(2);
        await Expect(page.Locator(".foot")).ToHaveCountAsync(2);
        await ReadyAsync(page);
        var scroll = page.GetByRole(AriaRole.Region, new() { Name = "Conversation with Long" });
        await Expect(page.Locator(".asked").Last).ToBeInViewportAsync();
        await scroll.HoverAsync();
        await page.Mouse.WheelAsync(0, -10_000);
        await Expect(scroll).ToHaveJSPropertyAsync("scrollTop", 0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Jump to the end" })).ToBeVisibleAsync();

        await AskAsync(session, "highest volume by symbol");
        await Expect(page.Locator(".said")).ToHaveCountAsync(3);
        await Expect(scroll).ToHaveJSPropertyAsync("scrollTop", 0);

        await Field(page).FillAsync("lowest volume by symbol");
        await Field(page).PressAsync("Enter");
        await Expect(page.Locator(".said")).ToHaveCountAsync(4);
        await Expect(page.Locator(".asked").Last).ToBeInViewportAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Jump to the end" })).ToBeHiddenAsync();
    }

    [ChromiumFact]
    public async Task A_page_that_is_left_before_its_script_has_come_harms_nothing()
    {
        var page = await (await VisitAsync()).OpenAsync("/jobs");
        var (asked, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/ui/uploads*", async route =>
        {
            asked.TrySetResult();
            await left.Task;
            await route.ContinueAsync();
        });
        await page.GetByRole(AriaRole.Link, new() { Name = "Tables", Exact = true }).ClickAsync();
        await asked.Task.Soon();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask this sample" }).ClickAsync();
        await Expect(Heading(page, "Prices of eight instruments")).ToBeVisibleAsync();
        var arrived = page.WaitForResponseAsync(new Regex("/ui/uploads"));

        left.SetResult();
        await arrived;
        await ReadyAsync(page);
        await Field(page).FillAsync("median close by sector");
        await Field(page).PressAsync("Enter");

        await Expect(Answers(page).Locator(".said")).ToBeVisibleAsync();
    }

    /// <summary>On every screen nothing lies over the button that sends, neither the bar of the pages nor the end of the screen, and the conversation is to be seen.</summary>
    private static async Task ExpectToReachAsync(IPage page)
    {
        foreach (var (width, height) in Screens)
        {
            await page.SetViewportSizeAsync(width, height);
            foreach (var size in (string[])["", "200%"])
            {
                var wrong = await page.EvaluateAsync<string?>(
                    """
                    size => {
                      document.documentElement.style.fontSize = size;
                      const send = document.querySelector(".composer .send");
                      const { left, top, width, height } = send.getBoundingClientRect();
                      if (!send.contains(document.elementFromPoint(left + width / 2, top + height - 2))) return "the button is out of reach";
                      if (document.documentElement.scrollHeight > innerHeight) return "the whole page scrolls";
                      return document.querySelector(".talk").clientHeight < 150 ? "the conversation is too low" : null;
                    }
                    """,
                    size);
                Assert.True(wrong is null, $"{width} x {height}, text {size}: {wrong}");
            }
        }
    }

    private static ILocator Field(IPage page) => page.GetByLabel("Question", new() { Exact = true });

    private static ILocator Answers(IPage page) => page.Locator(".answer");

    private static ILocator Chat(IPage page, string name) => page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    // The script behind the field is attached once the page is live.
    private static Task ReadyAsync(IPage page) => Expect(Field(page)).ToHaveAttributeAsync("data-ready", "true");

    private static async Task UploadAsync(IPage page, string name, byte[] content)
    {
        var field = page.GetByLabel("Choose a table");
        await Expect(field).ToBeEnabledAsync();
        await field.SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = content });
    }

    private async Task<string> SessionAsync(string name)
    {
        using var response = await Server.Client.PostAsJsonAsync("/api/sessions", new { name, sample = "prices" });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, $"{answer}");
        return answer.Text("id")!;
    }

    private async Task AskAsync(string session, string question)
    {
        using var response = await Server.Client.PostAsJsonAsync("/api/jobs", new { kind = "analysis", input = new { session, question } });
        Assert.True(response.IsSuccessStatusCode, string.Create(CultureInfo.InvariantCulture, $"{response.StatusCode}"));
    }

    [GeneratedRegex("^[0-9]+ steps · ")]
    private static partial Regex Summary();
}
