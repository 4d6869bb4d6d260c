using System.Globalization;
using System.Text.RegularExpressions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Localization;

namespace ProgressHub.Tests.Components.Localization;

/// <summary>What the built-in workloads say is shown in the reader's language; what others say, as they say it.</summary>
public sealed partial class ServerMessagesTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public ServerMessagesTests() => CultureInfo.CurrentUICulture = new CultureInfo("zh-TW");

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    [Theory]
    [InlineData("Completed batch 3/17", "已完成第 3/17 批")]
    [InlineData("16 of 17 batches translated", "17 批中已翻譯 16 批")]
    [InlineData("Batch 4 waits 2.5 s and tries again: It asks: a pause of 2 s", "第 4 批等候 2.5 秒後重試:It asks: a pause of 2 s")]
    [InlineData("Received prices.csv, 12 KB", "已接收 prices.csv,12 KB")]
    [InlineData("Received letter, signed.pdf", "已接收 letter, signed.pdf")]
    [InlineData("The query gave 7 rows; there are more, which were left out", "查詢得到 7 列,其餘省略")]
    [InlineData("Batch 2 failed: The engine asks for a pause.", "第 2 批失敗:引擎要求暫停一下。")]
    [InlineData("notes.md: There is no text in it.", "notes.md: 裡面沒有文字。")]
    [InlineData("notes.md: Nobody has said this before.", "notes.md: Nobody has said this before.")]
    [InlineData("Translating", "翻譯")]
    [InlineData("Said by nobody before", "Said by nobody before")]
    public void A_message_is_known_by_its_form(string message, string expected) =>
        Assert.Equal(expected, ServerMessages.Of("translation", message));

    [Theory]
    [InlineData("external")]
    [InlineData("nightly-report")]
    [InlineData(null)]
    public void What_a_program_of_somebody_says_stays_as_it_is(string? kind) =>
        Assert.Equal("Reading rows", ServerMessages.Of(kind, "Reading rows"));

    [Fact]
    public void In_English_everything_stays_as_it_is()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en");

        Assert.Equal("Reading rows", ServerMessages.Of("analysis", "Reading rows"));
    }

    [Fact]
    public void A_line_keeps_all_but_its_words()
    {
        var line = new LogEvent(JobLogLevel.Warning, "Message logged", 2, 5) { Seq = 7, Attempt = 2 };

        Assert.Equal(line with { Message = "訊息已記錄" }, line.Said("analysis"));
        Assert.Same(line, line.Said("external"));
    }

    [Fact]
    public void Whatever_the_built_in_workloads_say_can_be_had()
    {
        var said = Directory.EnumerateFiles(Path.Combine(Repository.Root, "ProgressHub.Workloads"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText).SelectMany(text => Saying().Matches(text).Select(match => Call(text, match.Index + match.Length)))
            .SelectMany(call => Literal().Matches(call).Select(match => Filled(match.Groups[1].Value)))
            .Where(text => Sentence().IsMatch(text)).ToHashSet(StringComparer.Ordinal);

        Assert.True(said.Count > 60, "The workloads say things in another way than this test knows.");
        Assert.Empty(said.Where(text => ServerMessages.Of("analysis", text) == text).Order(StringComparer.Ordinal));
    }

    /// <summary>What stands between the parentheses of a call.</summary>
    private static string Call(string text, int from)
    {
        var (end, depth) = (from, 1);
        for (; depth > 0 && end < text.Length; end++)
            depth += text[end] switch { '(' => 1, ')' => -1, _ => 0 };
        return text[from..end];
    }

    private static string Filled(string literal) => Regex.Unescape(Hole().Replace(literal, "7"));

    [GeneratedRegex(@"\b(?:LogAsync|InfoAsync|SuccessAsync|WarnAsync|ErrorAsync|Warn|new ProgressUpdate)\(")]
    private static partial Regex Saying();

    [GeneratedRegex(""""(?<!\w)\$?"((?:[^"\\]|\\.)*)["]"""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    // Not the names of stages and units, and what is a place and nothing else.
    [GeneratedRegex("[A-Z][a-z]+|[a-z]+ [a-z]+")]
    private static partial Regex Sentence();
}
