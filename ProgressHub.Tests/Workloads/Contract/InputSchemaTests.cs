using System.Text.Json.Nodes;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Workloads.Contract;

public sealed class InputSchemaTests
{
    private readonly InputSchema _schema = InputSchema.Of(typeof(ParcelInput), "Parcel");

    [Theory]
    [InlineData("recipient", """{"type":"string","description":"Who gets it.","minLength":1,"maxLength":12,"examples":["Ann","Bob"]}""")]
    [InlineData("weight", """{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":100}""")]
    [InlineData("size", """{"enum":["small","large",null],"type":["string","null"],"default":"small"}""")]
    [InlineData("copies", """{"type":["integer","null"],"minimum":1,"maximum":20,"default":1}""")]
    [InlineData("level", """{"type":["integer","null"],"enum":[1,2,3,null]}""")]
    [InlineData("postcode", """{"type":["string","null"],"pattern":"^(?:[0-9]{5})$"}""")]
    [InlineData("express", """{"type":["boolean","null"],"default":true}""")]
    [InlineData("nickname", """{"type":["string","null"],"default":"friend"}""")]
    [InlineData("stages", """{"type":["array","null"],"items":{"type":"object","properties":{"name":{"type":"string"},"share":{"type":["number","null"],"default":1,"minimum":0,"maximum":1}},"required":["name"]},"minItems":1}""")]
    [InlineData("notes", """{"type":["object","null"],"additionalProperties":{"type":"string"},"maxProperties":2,"examples":[{"door":"red"}]}""")]
    [InlineData("language", """{"type":["string","null"],"enum":["en","zh",null]}""")]
    [InlineData("files", """{"type":["array","null"],"items":{"type":"string"},"maxItems":5}""")]
    [InlineData("apiKey", """{"type":["string","null"],"writeOnly":true,"maxLength":10}""")]
    public void A_property_says_what_its_attributes_say(string property, string expected)
    {
        var exported = _schema.Root["properties"]![property];

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), exported), exported?.ToJsonString());
    }

    [Fact]
    public void A_schema_is_of_draft_2020_12_and_names_what_has_to_be_there()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)_schema.Root["$schema"]);
        Assert.Equal("Parcel", (string?)_schema.Root["title"]);
        Assert.Equal("object", (string?)_schema.Root["type"]);
        Assert.Equal(["recipient", "weight"], _schema.Root["required"]!.AsArray().Select(r => (string)r!));
        Assert.DoesNotContain("cost", _schema.Root["properties"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void Secrets_and_files_are_known_by_their_names()
    {
        Assert.Equal(["apiKey"], _schema.Secrets);
        Assert.Equal(("files", 5), (_schema.FileInput, _schema.MaxFiles));
    }

    [Theory, InlineData(typeof(DeepSecret)), InlineData(typeof(DeepFile)), InlineData(typeof(NumberSecret))]
    public void A_mark_where_it_would_count_for_nothing_is_a_defect_that_shows_at_once(Type type) =>
        Assert.Throws<InvalidOperationException>(() => InputSchema.Of(type, "Broken"));

    [Fact]
    public void A_closed_record_says_so() => Assert.False(
        (bool)InputSchema.Of(typeof(ClosedInput), "Closed").Root["additionalProperties"]!);

    private sealed record DeepSecret(IReadOnlyList<Login> Logins);

    private sealed record Login([Secret] string Password);

    private sealed record DeepFile(Attachment Attachment);

    private sealed record Attachment([FileInput] string File);

    private sealed record NumberSecret([Secret] int Pin);
}
