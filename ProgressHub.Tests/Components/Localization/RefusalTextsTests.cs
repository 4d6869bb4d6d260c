using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Localization;
using ProgressHub.Web.Components.Standalone;

namespace ProgressHub.Tests.Components.Localization;

/// <summary>Whatever a page may be refused is told in the reader's language, by its code.</summary>
public sealed partial class RefusalTextsTests
{
    // Told to programs alone, by guards of HTTP and streams or to who has no page; and three that are no codes of refusals.
    private static readonly HashSet<string> OfNoPage =
    [
        "foreign_host", "foreign_origin", "not_local", "scope_missing", "stale_form", "too_many_tickets", "too_many_watchers",
        "too_many_links", "link_not_found", "invalid_parameter", "dimension_mismatch", "analyzing_rag", "bad_alloc", "guan_yu",
    ];

    // A code is followed by its words, in whatever is thrown or returned.
    private static readonly HashSet<string> Told =
    [
        .. Sources("ProgressHub.Core", "ProgressHub.Workloads", "ProgressHub.AspNetCore/Accounts", "ProgressHub.AspNetCore/Security")
            .SelectMany(text => WithWords().Matches(text).Select(match => match.Groups["code"].Value)),
        .. Enum.GetValues<QuotaBound>().Select(QuotaRefusal.CodeOf),
        .. typeof(UploadException).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void Every_code_that_a_page_may_meet_has_a_text()
    {
        Assert.True(Told.Count > 120, $"Only {Told.Count} codes were found.");

        Assert.Empty(Told.Except(OfNoPage).Except(RefusalTexts.All.Keys).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_text_is_of_a_code_that_there_is_not()
    {
        var sources = string.Concat(Sources("ProgressHub.Core", "ProgressHub.Workloads", "ProgressHub.AspNetCore"));

        Assert.All(RefusalTexts.All.Keys, code => Assert.Contains($"\"{code}\"", sources, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "quota_tokens", "You have used 5.", "You have used 5.")]
    [InlineData("zh-TW", "quota_tokens", "You have used 5.", "本月的權杖額度已用完。(You have used 5.)")]
    [InlineData("zh-TW", "nothing_failed", "Nothing of this job failed.", "此工作沒有任何失敗。")]
    [InlineData("zh-TW", "of_a_plugin", "It rains.", "It rains.")]
    public void A_refusal_is_told_in_the_readers_language_with_what_it_says_in_particular(string culture, string code, string message, string expected) =>
        In(culture, () => Assert.Equal(expected, RefusalTexts.Of(new WorkloadException(code, message))));

    [Theory]
    [InlineData("en", "{}", "It is stopped.")]
    [InlineData("zh-Hant", "\"timed_out\":\"工作超過", "工作超過時間上限。(It is stopped.)")]
    public void The_page_to_watch_brings_the_texts_of_its_language(string culture, string texts, string message) => In(culture, () =>
    {
        var failed = JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch) with { Error = new JobError("timed_out", "It is stopped.") };

        Assert.Contains(texts, System.Net.WebUtility.HtmlDecode(WatchPage.Fill("{{refusals}}", failed, "Test")), StringComparison.Ordinal);
        Assert.Equal(message, System.Net.WebUtility.HtmlDecode(WatchPage.Fill("{{message}}", failed, "Test")));
    });

    private static void In(string culture, Action test)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new CultureInfo(culture);
            test();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Repository.Files(folder, ".cs")).Select(Repository.Read);

    [GeneratedRegex(""""\"(?<code>[a-z]+(?:_[a-z]+)+)",\s*(?:\$?"[A-Z'{]|string\.Create|Invariant\()"""")]
    private static partial Regex WithWords();
}
