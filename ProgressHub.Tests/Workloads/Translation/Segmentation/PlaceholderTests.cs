namespace ProgressHub.Tests.Workloads.Translation.Segmentation;

/// <summary>What stands for something else in a program's texts comes through; the words beside it are translated.</summary>
public sealed class PlaceholderTests
{
    [Theory]
    [InlineData("Mention all __count__ people, @__mention__ too.", "__count__", "@__mention__")]
    [InlineData("The :attribute must have :min letters (:Max).", ":attribute", ":min", ":Max")]
    [InlineData("Hi %name%, you are %user.age% years.", "%name%", "%user.age%")]
    [InlineData("Hello %1$s, %2$d letters, %d%% done, %(name)s.", "%1$s", "%2$d", "%d%%", "%(name)s")]
    [InlineData("It is $t(common.hello) and {{count, number}}.", "$t(common.hello)", "{{count, number}}")]
    [InlineData("Raw {{{html}}} and {{#if x}}yes{{/if}}.", "{{{html}}}", "{{#if x}}", "{{/if}}")]
    [InlineData("A %{count} of #{name} here.", "%{count}", "#{name}")]
    [InlineData("{% if user %}Hello{% endif %} and <%= name %> there.", "{% if user %}", "{% endif %}", "<%= name %>")]
    [InlineData("Nice :tada: to <0>meet</0> you <1/>.", ":tada:", "<0>", "</0>", "<1/>")]
    [InlineData("See @:common.hello, @.lower:menu.file and @:(menu.open).", "@:common.hello", "@.lower:menu.file", "@:(menu.open)")]
    [InlineData("Hello \\(user.name), %#@files@ and %L1 of %1 here \\u00e9.", "\\(user.name)", "%#@files@", "%L1", "%1", "\\u00e9")]
    [InlineData("Run $(name) with @string/app_name now.", "$(name)", "@string/app_name")]
    [InlineData("The colour #ff00a0 of /img/keeper.png and ../a/b.css here.", "#ff00a0", "/img/keeper.png", "../a/b.css")]
    [InlineData("Dear @count people, dear @user-name.", "@count", "@user-name")]
    [InlineData("Wait {0.Number} of {1:N2} and ${version}.", "{0.Number}", "{1:N2}", "${version}")]
    [InlineData("Hello $name, {$obj->x} and $user->mail of $count$ things.", "$name", "{$obj->x}", "$user->mail", "$count$")]
    [InlineData("One line\\nand \\t the next.", "\\n", "\\t")]
    [InlineData("Mind <Box when={() => a > b} of='c'>this</Box> well.", "<Box when={() => a > b} of='c'>", "</Box>")]
    public void A_placeholder_comes_through(string text, params string[] placeholders)
    {
        var translated = Cut.Translate(text, "plain", 1000, s => s.ToUpperInvariant());

        Assert.All(placeholders, p => Assert.Contains(p, translated, StringComparison.Ordinal));
        Assert.NotEqual(text, translated);
    }

    [Theory]
    [InlineData("At 10:30 in note:this way, 50% off and 20% more.")]
    [InlineData("Two things: first, second.")]
    [InlineData("Read and/or write, 1/2 cup, #1 of #best, at noon (note).")]
    [InlineData("Ratio 3:a and C:folder.")]
    [InlineData("It costs $5 or US$ten, a < b and c > d.")]
    public void Ordinary_colons_and_percents_hide_no_words(string text) => Assert.Equal(
        text.ToUpperInvariant(), Cut.Translate(text, "plain", 1000, s => s.ToUpperInvariant()));

    [Theory]
    [InlineData(
        "{count, plural, =0 {No mail} one {# unread letter} other {# unread letters}}",
        "{count, plural, =0 {NO MAIL} one {# UNREAD LETTER} other {# UNREAD LETTERS}}")]
    [InlineData(
        "You have {n, plural, offset:1 one {a letter from {name}} other {letters}} today.",
        "YOU HAVE {n, plural, offset:1 one {A LETTER FROM {name}} other {LETTERS}} TODAY.")]
    [InlineData(
        "{g, select, male {{n, plural, one {his dog} other {his # dogs}}} female {her dogs} other {their dogs}}",
        "{g, select, male {{n, plural, one {HIS DOG} other {HIS # DOGS}}} female {HER DOGS} other {THEIR DOGS}}")]
    [InlineData(
        "{count, plural,\n  one {# day}\n  other {# days}\n}",
        "{count, plural,\n  one {# DAY}\n  other {# DAYS}\n}")]
    [InlineData("{place, selectordinal, one {#st} other {#th one}} of {d, date, long}", "{place, selectordinal, one {#ST} other {#TH ONE}} OF {d, date, long}")]
    [InlineData("{n, plural, one {it''s '{'one'}'} other {many}}", "{n, plural, one {IT''S '{'ONE'}'} other {MANY}}")]
    public void Of_an_icu_message_the_arms_are_translated_and_the_syntax_stays(string text, string expected)
    {
        Assert.Equal(expected, Cut.Translate(text, "plain", 1000, s => s.ToUpperInvariant()));
        Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(expected).Replace("\\u0027", "'", StringComparison.Ordinal),
            Cut.Translate(System.Text.Json.JsonSerializer.Serialize(text).Replace("\\u0027", "'", StringComparison.Ordinal), "json", 1000, s => s.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("{count, plural, one {broken")]
    [InlineData("{count, plural, }")]
    [InlineData("{{{{{a, select, b {")]
    public void A_broken_message_is_text_like_any_other(string text) =>
        Assert.Equal(text, Cut.Translate(text, "plain", 1000, s => s));

    [Theory]
    [InlineData("{a, plural, one {")]
    [InlineData("{a, plural, one {'{")]
    [InlineData("{a, plural, one {b} other {{c}")]
    public async Task Messages_that_never_close_are_read_in_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length));

        var batches = await Task.Run(() => Cut.Batches(text, "plain", 1200)).WaitAsync(Support.Patience.Limit);

        Assert.Equal(text.Length, batches[^1].Span.End);
    }
}
