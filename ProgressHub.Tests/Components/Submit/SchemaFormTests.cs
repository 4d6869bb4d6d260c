using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;
using ProgressHub.Web.Components.Submit.Schema;
using WordCount;

namespace ProgressHub.Tests.Components.Submit;

public sealed class SchemaFormTests : ComponentTest
{
    public SchemaFormTests() => Services.AddSingleton<IWorkload, WordCountWorkload>();

    [Fact]
    public async Task A_workload_without_a_form_of_its_own_gets_one_from_its_schema()
    {
        Address.NavigateTo("?do=wordcount");
        var page = Render<HomePage>();

        Assert.Equal("Counts the words of a text.", page.Find(".intro p").TextContent);
        Assert.Equal("10", page.Field("Parts (optional)").GetAttribute("placeholder"));
        Assert.Contains("1 to 100", page.Find("#input-parts-hint").TextContent, StringComparison.Ordinal);
        await page.Field("Text").ChangeAsync("one two three");
        await page.Field("Parts (optional)").ChangeAsync("3");
        await page.Find("form").SubmitAsync();

        var id = JobId.Parse(Address.Uri.Split('/')[^1], null);
        var input = JsonDocument.Parse((await Jobs.ReadInputAsync(id, "local", CancellationToken.None))!.Value).RootElement;
        Assert.Equal("wordcount", (await Jobs.FindAsync(id, "local", CancellationToken.None))!.Kind);
        Assert.Equal(("one two three", 3), (input.GetProperty("text").GetString(), input.GetProperty("parts").GetInt32()));
    }

    [Fact]
    public async Task What_is_missing_or_refused_is_told_at_its_field()
    {
        Address.NavigateTo("?do=wordcount");
        var page = Render<HomePage>();

        await page.Find("form").SubmitAsync();
        Assert.Equal("true", page.Field("Text").GetAttribute("aria-invalid"));
        Assert.Contains("This is needed.", page.Find("#input-text-hint").TextContent, StringComparison.Ordinal);

        await page.Field("Text").ChangeAsync("one");
        await page.Field("Parts (optional)").ChangeAsync("1000");
        await page.Find("form").SubmitAsync();
        Assert.Equal("true", page.Field("Parts (optional)").GetAttribute("aria-invalid"));
        Assert.Null(page.Field("Text").GetAttribute("aria-invalid"));
        Assert.Contains("100", page.Find("#input-parts-problem").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_job_fills_it_in()
    {
        var earlier = await Jobs.SubmitAsync(
            new JobRequest
            {
                Kind = "wordcount", Owner = "local", Title = "Earlier", Input = JsonSerializer.SerializeToElement(new { text = "a b", parts = 2 }),
            },
            CancellationToken.None);
        Address.NavigateTo($"?do=wordcount&from={earlier.Snapshot.JobId}");

        var page = Render<HomePage>();

        page.WaitForAssertion(() => Assert.Equal("2", page.Field("Parts (optional)").GetAttribute("value")));
        Assert.Equal("a b", page.Field("Text").GetAttribute("value"));
        Assert.Equal("Earlier", page.Field("Title (optional)").GetAttribute("value"));
    }

    [Fact]
    public void Every_type_of_a_schema_has_a_field_and_comes_back_as_that_type()
    {
        var schema = JsonSerializer.Deserialize<JsonElement>("""
            {"properties": {
              "name": {"type": "string", "maxLength": 50}, "longText": {"type": "string"}, "apiKey": {"type": ["string", "null"]},
              "engine": {"enum": ["a", "b", null], "type": ["string", "null"]}, "count_of": {"type": "integer"}, "share": {"type": ["number", "null"]},
              "loud": {"type": "boolean"}, "words": {"type": "array", "items": {"type": "string"}}, "stages": {"type": "array", "items": {"type": "object"}}},
             "required": ["name"]}
            """);
        var draft = new SchemaDraft(SchemaField.Of(schema, ["apiKey"]));
        Assert.Equal(
            [SchemaFieldKind.Text, SchemaFieldKind.LongText, SchemaFieldKind.Secret, SchemaFieldKind.Choice, SchemaFieldKind.Integer,
             SchemaFieldKind.Number, SchemaFieldKind.Flag, SchemaFieldKind.Lines, SchemaFieldKind.Json],
            draft.Fields.Select(f => f.Kind));
        Assert.Equal("Count of", draft.Fields[4].Label);
        Assert.Equal(["name"], draft.Check().Keys);

        const string Whole = """{"name":"n","longText":"l\nm","engine":"b","count_of":-3,"share":0.5,"loud":true,"words":["x","y"],"stages":[{"name":"s"}]}""";
        draft.Fill(JsonSerializer.Deserialize<JsonElement>(Whole));
        Assert.Empty(draft.Check());
        Assert.Equal(Whole, draft.ToInput().GetRawText());

        (draft["count_of"], draft["share"], draft["stages"]) = ("1.5", "much", "[{");
        Assert.Equal(["count_of", "share", "stages"], draft.Check().Keys);
    }
}
