using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Workloads.Contract;

public sealed class InputBinderTests
{
    private readonly InputBinder<ParcelInput> _binder = new("Parcel");

    [Fact]
    public void What_is_right_is_read_whatever_the_case_of_its_names()
    {
        var read = Read("""
            {"RECIPIENT": "Ann", "weight": 2.5, "Size": "large", "copies": 3, "stages": [{"name": "a", "share": 0.5}],
             "notes": {"door": "red"}, "unknown": [1, {"a": null}], "apiKey": " k ", "files": ["f1", "f2"]}
            """);

        Assert.Equal(("Ann", 2.5, ParcelSize.Large, 3, "k"), (read.Recipient, read.Weight, read.Size, read.Copies, read.ApiKey));
        Assert.Equal(("a", 0.5), (read.Stages![0].Name, read.Stages[0].Share));
        Assert.Equal("red", read.Notes!["door"]);
        Assert.Equal(["f1", "f2"], read.Files);
    }

    [Fact]
    public void Null_is_the_same_as_left_out_and_a_default_stays()
    {
        var read = Read("""
            {"recipient": "Ann", "weight": 1, "size": null, "copies": null, "stages": null, "notes": null, "apiKey": "  ", "files": null,
             "nickname": null}
            """);

        Assert.Equal((ParcelSize.Small, 1, null, null), (read.Size, read.Copies, read.Stages, read.ApiKey));
        Assert.Empty(read.Files);
        Assert.Equal("friend", read.Nickname);
    }

    [Fact]
    public void A_file_may_stand_alone_where_there_may_be_several() =>
        Assert.Equal(["f1"], Read("""{"recipient": "Ann", "weight": 1, "files": "f1"}""").Files);

    [Theory]
    [InlineData("""[]""", "input", "The input is a JSON object.")]
    [InlineData("""null""", "input", "The input is a JSON object.")]
    [InlineData("""{"weight": 1}""", "recipient", "'recipient' is missing: who gets it.")]
    [InlineData("""{"recipient": null, "weight": 1}""", "recipient", "'recipient' is missing: who gets it.")]
    [InlineData("""{"recipient": " \t", "weight": 1}""", "recipient", "'recipient' is empty.")]
    [InlineData("""{"recipient": 7, "weight": 1}""", "recipient", "'recipient' is a string.")]
    [InlineData("""{"recipient": "Annabella-Maria", "weight": 1}""", "recipient", "'recipient' has more than 12 characters.")]
    [InlineData("""{"recipient": "Ann"}""", "weight", "'weight' is missing.")]
    [InlineData("""{"recipient": "Ann", "weight": "1"}""", "weight", "'weight' is a number above 0 and below 100.")]
    [InlineData("""{"recipient": "Ann", "weight": 0}""", "weight", "'weight' is a number above 0 and below 100.")]
    [InlineData("""{"recipient": "Ann", "weight": 1e999}""", "weight", "'weight' is a number above 0 and below 100.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "copies": 21}""", "copies", "'copies' is a whole number from 1 to 20.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "copies": "3"}""", "copies", "'copies' is a whole number from 1 to 20.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "copies": 1.5}""", "copies", "'copies' is a whole number from 1 to 20.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "copies": true}""", "copies", "'copies' is a whole number from 1 to 20.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "size": "huge"}""", "size", "'size' is one of small, large.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "size": 1}""", "size", "'size' is one of small, large.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "level": 4}""", "level", "'level' is one of 1, 2, 3.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "postcode": "12345\n"}""", "postcode", "'postcode' is five digits.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "express": "yes"}""", "express", "'express' is true or false.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "stages": {}}""", "stages", "'stages' is a list.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "stages": []}""", "stages", "'stages' has at least 1 entry.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "stages": [{"name": "a"}, {"name": "b"}, {"name": "c", "share": -1}]}""", "stages[2].share", "'stages[2].share' is a number from 0 to 1.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "stages": [{}]}""", "stages[0].name", "'stages[0].name' is missing.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "stages": ["a"]}""", "stages[0]", "'stages[0]' is an object.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "notes": {"door": 7}}""", "notes.door", "'notes.door' is a string.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "notes": {"a": "", "b": "", "c": ""}}""", "notes", "'notes' has at most 2 entries.")]
    [InlineData("""{"recipient": "Ann", "Recipient": "Bob", "weight": 1}""", "recipient", "'recipient' stands there twice.")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "count": 3000000000}""", "count", "'count' has a value that can't be used here.")]
    public void What_is_wrong_is_told_by_name_in_a_sentence(string json, string property, string message)
    {
        var refusal = Assert.Throws<WorkloadException>(() => Read(json));

        Assert.Equal(("invalid_input", property, message), (refusal.Code, refusal.Property, refusal.Message));
    }

    [Theory]
    [InlineData("""{"recipient": "\ud800", "weight": 1}""", "recipient")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "stages": [{"name": "a\udc00"}]}""", "stages[0].name")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "notes": {"\ud800": "x"}}""", "notes")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "\ud800": 1}""", "input")]
    [InlineData("""{"recipient": "Ann", "weight": 1, "apiKey": "\ud800"}""", "apiKey")]
    public void Half_of_a_surrogate_pair_is_no_text(string json, string property)
    {
        var refusal = Assert.Throws<WorkloadException>(() => Read(json));

        Assert.Equal(("invalid_text", property), (refusal.Code, refusal.Property));
    }

    [Fact]
    public void A_refusal_may_have_a_code_and_words_of_its_own()
    {
        var refusal = Assert.Throws<WorkloadException>(() => Read("""{"recipient": "Ann", "weight": 1, "text": ""}"""));

        Assert.Equal(("empty_text", "There is nothing to write.", "text"), (refusal.Code, refusal.Message, refusal.Property));
    }

    [Fact]
    public void What_is_lenient_is_left_to_the_workload()
    {
        var read = Read("""{"recipient": "Ann", "weight": 1, "language": "EN-us"}""");

        Assert.Equal("EN-us", read.Language);
        Assert.Equal("language", Assert.Throws<WorkloadException>(
            () => Read("""{"recipient": "Ann", "weight": 1, "language": 7}""")).Property);
    }

    [Fact]
    public void A_closed_record_takes_no_other_names()
    {
        var refusal = Assert.Throws<WorkloadException>(
            () => new InputBinder<ClosedInput>("Closed").Read(JsonElement.Parse("""{"a": 1, "b": 2}""")));

        Assert.Equal(("b", "There is no property 'b'."), (refusal.Property, refusal.Message));
    }

    [Fact]
    public void A_record_that_holds_itself_is_checked_all_the_way()
    {
        var binder = new InputBinder<TreeInput>("Tree");

        var read = binder.Read(JsonElement.Parse("""{"name": "a", "children": [{"name": "b", "children": [{"name": "c"}]}]}"""));
        var refusal = Assert.Throws<WorkloadException>(
            () => binder.Read(JsonElement.Parse("""{"name": "a", "children": [{"name": "b", "children": [{"name": 7}]}]}""")));

        Assert.Equal("c", read.Children![0].Children![0].Name);
        Assert.Equal("children[0].children[0].name", refusal.Property);
    }

    [Fact]
    public void What_a_schema_hook_adds_is_enforced()
    {
        var binder = new InputBinder<ClosedInput>("Closed", schema => schema["properties"]!["a"]!["maximum"] = 3);

        Assert.Equal("'a' is a whole number up to 3.", Assert.Throws<WorkloadException>(
            () => binder.Read(JsonElement.Parse("""{"a": 4}"""))).Message);
    }

    private ParcelInput Read(string json) => _binder.Read(JsonElement.Parse(json));
}
