using System.Net;
using System.Net.Http.Headers;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Knowledge;

/// <summary>Collections and questions over them, as a fresh server serves them over HTTP.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    private ServerProcess _server = null!;

    private HttpClient Client => _server.Client;

    public async Task InitializeAsync() => _server = await ServerProcess.StartNewAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("zh", "第40籤：我下週的面試會順利嗎？")]
    [InlineData("en", "What does number 40 say about my interview?")]
    public async Task A_question_about_number_40_works_on_a_fresh_server(string language, string question)
    {
        var id = await SubmitAsync("ask", new { collection = "guan_yu", question, language });

        Assert.Equal("succeeded", (await Client.EndAsync(id)).Text("state"));

        var result = await Client.JsonAsync($"/api/jobs/{id}/result");
        Assert.Equal(language, result.Text("language"));
        var markdown = await Client.GetStringAsync($"/api/jobs/{id}/result?format=markdown");
        Assert.StartsWith(result.Text("answer")!.TrimEnd(), markdown, StringComparison.Ordinal);
        Assert.Contains("[1] 第四十籤", markdown, StringComparison.Ordinal);
        var passage = await Client.JsonAsync(result.GetProperty("citations")[0].Text("url")!);
        Assert.Equal("40", passage.Text("documentId"));
        Assert.Contains("雨過橋頭石未乾", passage.Text("text"), StringComparison.Ordinal);
        var log = await Client.LogAsync(id);
        Assert.Equal(
            ["processing", "analyzing_rag", "generating_llm", "completed"],
            log.Where(e => e.Type == "stage").Select(e => e["stage"].GetString()));
        _server.AssertCalm();
    }

    [Fact]
    public async Task A_collection_is_made_filled_searched_opened_and_deleted()
    {
        var collection = await CreateAsync("Birds");
        var job = await SubmitAsync("ingest", new
        {
            collection,
            documents = new object[] { new { id = "p", title = "Puffins", text = "Puffins nest in burrows." }, new { id = "broken" }, new { id = "g", text = "Gulls steal chips." } },
        });
        var ended = await Client.EndAsync(job);
        Assert.Equal(("failed", "items_failed"), (ended.Text("state"), ended.GetProperty("error").Text("code")));
        var result = await Client.JsonAsync($"/api/jobs/{job}/result");
        Assert.Equal((2, 1), (result.GetProperty("indexed").GetInt32(), result.GetProperty("failed").GetInt32()));
        Assert.Equal($"collection:{collection}", Assert.Single(ended.GetProperty("tags").EnumerateArray()).GetString());
        var filled = await Client.JsonAsync($"/api/collections/{collection}");
        Assert.True(filled.GetProperty("updatedAt").GetDateTimeOffset() >= filled.GetProperty("createdAt").GetDateTimeOffset());

        var hits = (await Client.JsonAsync($"/api/collections/{collection}/search?q=where+do+puffins+nest")).GetProperty("hits");
        var passage = hits[0].GetProperty("passage");
        Assert.Equal("p", passage.Text("documentId"));
        await OpensAsTextAsync($"/api/collections/{collection}/passages/{passage.GetProperty("id")}", "Puffins nest in burrows.");

        var page = await Client.JsonAsync($"/api/collections/{collection}/documents?limit=1");
        Assert.Equal(("g", "g"), (page.GetProperty("documents")[0].Text("id"), page.Text("next")));
        Assert.Equal("p", (await Client.JsonAsync($"/api/collections/{collection}/documents?after=g")).GetProperty("documents")[0].Text("id"));
        await IsAsync(HttpMethod.Delete, $"/api/collections/{collection}/documents/p", HttpStatusCode.NoContent);
        await IsProblemAsync(HttpMethod.Delete, $"/api/collections/{collection}/documents/p", 404, "document_not_found");
        await IsProblemAsync(HttpMethod.Get, $"/api/collections/{collection}/passages/{passage.GetProperty("id")}", 404, "passage_not_found");

        await IsAsync(HttpMethod.Delete, $"/api/collections/{collection}", HttpStatusCode.NoContent);
        await IsProblemAsync(HttpMethod.Get, $"/api/collections/{collection}", 404, "collection_not_found");
        await IsProblemAsync(HttpMethod.Get, $"/api/collections/{collection}/search?q=a", 404, "collection_not_found");
        _server.AssertCalm();
    }

    [Fact]
    public async Task What_is_wrong_is_said_with_a_stable_code()
    {
        var list = (await Client.JsonAsync("/api/collections")).GetProperty("collections");
        Assert.Equal(["guan_yu", "lighthouse"], list.EnumerateArray().Select(c => c.Text("id")));
        Assert.Equal([100, 15], list.EnumerateArray().Select(c => c.GetProperty("documents").GetInt32()));

        await IsProblemAsync(HttpMethod.Delete, "/api/collections/guan_yu", 422, "collection_read_only");
        await IsProblemAsync(HttpMethod.Delete, "/api/collections/guan_yu/documents/40", 422, "collection_read_only");
        await IsProblemAsync(HttpMethod.Get, "/api/collections/0123456789abcdef0123456789abcdef", 404, "collection_not_found");
        await IsProblemAsync(HttpMethod.Get, "/api/collections/guan_yu/passages/9999", 404, "passage_not_found");
        await IsProblemAsync(HttpMethod.Get, "/api/collections/guan_yu/passages/x", 404, "passage_not_found");
        await IsProblemAsync(HttpMethod.Get, "/api/collections/guan_yu/search", 400, "invalid_parameter");
        await IsProblemAsync(HttpMethod.Get, "/api/collections/guan_yu/search?q=a&limit=0", 400, "invalid_parameter");
        await IsProblemAsync(HttpMethod.Get, "/api/collections/guan_yu/documents?limit=9999", 400, "invalid_parameter");
        await IsProblemAsync(HttpMethod.Post, "/api/collections", 422, "invalid_input", """{"name":" "}""");
        await IsProblemAsync(HttpMethod.Post, "/api/collections", 422, "unknown_engine", """{"name":"a","embedding":"magic"}""");
        await IsProblemAsync(HttpMethod.Post, "/api/collections", 422, "engine_unavailable", """{"name":"a","embedding":"openai"}""");
        await IsProblemAsync(HttpMethod.Post, "/api/jobs", 422, "collection_not_found", """{"kind":"ask","input":{"collection":"nowhere","question":"a"}}""");
        await IsProblemAsync(HttpMethod.Post, "/api/jobs", 422, "collection_read_only", """{"kind":"ingest","input":{"collection":"guan_yu","documents":[{"text":"a"}]}}""");
        _server.AssertCalm();
    }

    [Fact]
    public async Task Files_of_a_form_are_taken_in_and_one_that_can_not_be_read_is_reported()
    {
        var collection = await CreateAsync("Files");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("ingest"), "kind" },
            { new StringContent($$"""{"collection":"{{collection}}"}"""), "input" },
            { new ByteArrayContent("# Seals\n\nSeals sleep on the rock.\n"u8.ToArray()), "file", "seals.md" },
            { new ByteArrayContent("id,title,text\n7,Terns,Terns dive for fish.\n"u8.ToArray()), "file", "birds.csv" },
            { new ByteArrayContent([0x61, 0x00, 0x20, 0x62]), "file", "binary.txt" },
        };
        using var response = await Client.PostAsync("/api/jobs", form);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        var id = (await WebServer.ReadAsync(response)).Id();

        await Client.EndAsync(id);

        var result = await Client.JsonAsync($"/api/jobs/{id}/result");
        Assert.Equal((2, 1), (result.GetProperty("indexed").GetInt32(), result.GetProperty("failed").GetInt32()));
        Assert.Equal("not_text", result.GetProperty("failures")[0].Text("code"));
        var found = await Client.JsonAsync($"/api/collections/{collection}/search?q=number+7");
        Assert.Equal("7", found.GetProperty("hits")[0].GetProperty("passage").Text("documentId"));
    }

    [Theory]
    [InlineData("guan_yu", HttpStatusCode.OK)]
    [InlineData("0123456789abcdef0123456789abcdef", HttpStatusCode.NotFound)]
    public async Task The_page_of_a_collection_has_a_status_that_says_whether_there_is_one(string id, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/collections/{id}");
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await Client.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("_framework/blazor.web.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<string> CreateAsync(string name)
    {
        using var response = await Client.PostAsync("/api/collections", WebServer.Json(new { name }));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var collection = await WebServer.ReadAsync(response);
        Assert.Equal($"/api/collections/{collection.Text("id")}", response.Headers.Location!.ToString());
        return collection.Text("id")!;
    }

    private async Task<string> SubmitAsync(string kind, object input)
    {
        using var response = await Client.PostAsync("/api/jobs", WebServer.Json(new { kind, input }));
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return (await WebServer.ReadAsync(response)).Id();
    }

    /// <summary>A citation opens the passage, and in a browser nothing in it runs.</summary>
    private async Task OpensAsTextAsync(string path, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/plain"));
        using var response = await Client.SendAsync(request);
        Assert.Equal(text, await response.Content.ReadAsStringAsync());
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    private async Task IsAsync(HttpMethod method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(method, path);
        using var response = await Client.SendAsync(request);
        Assert.Equal(status, response.StatusCode);
    }

    private async Task IsProblemAsync(HttpMethod method, string path, int status, string code, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : WebServer.Raw(body) };
        using var response = await Client.SendAsync(request);
        await response.IsProblemAsync(status, code);
    }
}
