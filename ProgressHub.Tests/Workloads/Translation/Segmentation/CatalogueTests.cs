using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Translation;

namespace ProgressHub.Tests.Workloads.Translation.Segmentation;

/// <summary>Files of a program's texts: JSON and PO.</summary>
public sealed class CatalogueTests
{
    [Fact]
    public void Of_json_the_values_are_translated_and_all_else_stays_byte_for_byte()
    {
        const string text = "\uFEFF{\r\n\t\"greeting\" : \"Hello {name}\", // remark\r\n  \"n\": [1, true, null, \"one\", {\"k\": \"two\"}],\r\n  \"url\": \"https:\\/\\/a.b\"\r\n}\r\n";

        var translated = Cut.Translate(text, "json", 1000, s => s.ToUpperInvariant());

        Assert.Equal(
            text.Replace("Hello", "HELLO", StringComparison.Ordinal).Replace("\"one\"", "\"ONE\"", StringComparison.Ordinal)
                .Replace("\"two\"", "\"TWO\"", StringComparison.Ordinal),
            translated);
    }

    [Theory]
    [InlineData("""{"a":"He said \"hi\" \\ there\nand\tleft"}""", "HE SAID \"HI\" \\ THERE\nAND\tLEFT")]
    [InlineData("""{"a":"caf\u00e9"}""", "CAFÉ")]
    [InlineData("""{"a":"\n padded \n"}""", "\n PADDED \n")]
    public void Escapes_are_read_before_an_engine_sees_them_and_written_again(string text, string value)
    {
        var translated = Cut.Translate(text, "json", 1000, s => s.ToUpperInvariant());

        using var json = JsonDocument.Parse(translated);
        Assert.Equal(value, json.RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public void A_file_of_ascii_with_escapes_stays_ascii() => Assert.Equal(
        """{"a":"\u00c9"}""", Cut.Translate("""{"a":"e\u00e9"}""", "json", 1000, _ => "É"));

    [Fact]
    public void Metadata_is_no_text() => Assert.Equal(
        ["Hi"], Cut.Segments("""{"$schema":"x y","@@locale":"en us","hi":"Hi","@hi":{"description":"a greeting","placeholders":{"a":{"example":"Bob B"}}}}""", "json"));

    [Theory]
    [InlineData("""{"hi":{"message":"Hello $USER$","description":"A greeting","placeholders":{"user":{"content":"$1","example":"Bob B"}}}}""", "Hello ⟦0⟧")]
    [InlineData("""{"a":"Plain one","b":{"comment":["For menus"],"message":"Open it"}}""", "Plain one", "Open it")]
    [InlineData("""{"x1":{"defaultMessage":"Sign in","description":"A button","id":"sign in"}}""", "Sign in")]
    [InlineData("""[{"string":"One car","context":"of a road","character_limit":40}]""", "One car")]
    [InlineData("""{"message":"Hello","description":"Some words","more":"And more"}""", "Hello", "Some words", "And more")]
    [InlineData("""{"form":{"message":"Say it"},"description":"Words"}""", "Say it", "Words")]
    public void Notes_beside_a_text_are_no_text(string text, params string[] expected) => Assert.Equal(expected, Cut.Segments(text, "json"));

    [Theory]
    [InlineData("{\"a\": \"x\"")]
    [InlineData("not json")]
    [InlineData("{\"a\": 'x'}")]
    public void What_is_no_json_is_refused_with_its_place(string text)
    {
        var refusal = Assert.Throws<WorkloadException>(() => TranslationFormat.Json.Check(text));

        Assert.Equal(("invalid_text", "text"), (refusal.Code, refusal.Property));
        Assert.Contains("line 1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_string_is_cut_between_escapes()
    {
        var value = string.Concat(Enumerable.Repeat("Wörd \"q\" \\\\ \U0001F600. ", 200));
        var text = JsonSerializer.Serialize(new { a = value });

        Assert.True(Cut.Batches(text, "json", 100).Count > 20);
        var translated = Cut.Translate(text, "json", 100, s => s.ToUpperInvariant());

        Assert.Equal(value.ToUpperInvariant(), JsonDocument.Parse(translated).RootElement.GetProperty("a").GetString());
    }

    [Fact]
    public void Of_a_po_only_what_is_empty_is_filled()
    {
        const string text = """
            msgid ""
            msgstr ""
            "Content-Type: text/plain; charset=UTF-8\n"

            #: src/a.c:10
            msgctxt "menu"
            msgid "Save"
            msgstr ""

            msgid "Done already"
            msgstr "Fertig"

            #, c-format
            msgid "One \"letter\" of %s"
            msgid_plural "%d letters of %s"
            msgstr[0] ""
            msgstr[1] ""

            msgid ""
            "First line\n"
            "second line\n"
            msgstr ""
            #~ msgid "Old"
            #~ msgstr ""
            """;

        var translated = Cut.Translate(text, "po", 1000, s => s.ToUpperInvariant());

        Assert.Equal(
            text.Replace("msgid \"Save\"\nmsgstr \"\"", "msgid \"Save\"\nmsgstr \"SAVE\"", StringComparison.Ordinal)
                .Replace("msgstr[0] \"\"", "msgstr[0] \"ONE \\\"LETTER\\\" OF %s\"", StringComparison.Ordinal)
                .Replace("msgstr[1] \"\"", "msgstr[1] \"%d LETTERS OF %s\"", StringComparison.Ordinal)
                .Replace("\"second line\\n\"\nmsgstr \"\"", "\"second line\\n\"\nmsgstr \"\"\n\"FIRST LINE\\n\"\n\"SECOND LINE\\n\"", StringComparison.Ordinal),
            translated);
    }

    [Fact]
    public void A_po_without_blank_lines_between_entries_is_read_alike() => Assert.Equal(
        "msgid \"a b\"\nmsgstr \"A B\"\nmsgid \"c d\"\nmsgstr \"C D\"\n",
        Cut.Translate("msgid \"a b\"\nmsgstr \"\"\nmsgid \"c d\"\nmsgstr \"\"\n", "po", 1000, s => s.ToUpperInvariant()));

    [Theory]
    [InlineData("json", "{\"a\":{\"b\":\"First words\"}}")]
    [InlineData("po", "msgid \"\"\nmsgstr \"h\"\n\nmsgid \"First words\"\nmsgstr \"\"\n")]
    [InlineData("vtt", "WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.000\nFirst words\n")]
    public void A_title_is_made_of_the_first_words(string format, string text) => Assert.Equal(
        "Translation to es: First words",
        TranslationTitle.Of(new TranslationInput { Text = text, Format = Enum.Parse<TranslationFormat>(format, ignoreCase: true), TargetLanguage = "es" }));
}
