using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Html.Parser;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>What a browser loads that comes for the first time: little, compressed, from here, and only once.</summary>
public sealed class FirstVisitTests
{
    private const int MaxBytes = 250 * 1024;
    private const int WorthCompressing = 1024;

    private static readonly string[] TextTypes = ["text/", "application/javascript", "application/json", "image/svg+xml"];

    [Fact]
    public async Task A_page_and_all_it_names_come_compressed_and_weigh_little()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var page = await GetAsync(server, "/");
        var html = await page.Content.ReadAsStringAsync();
        var assets = new HtmlParser().ParseDocument(html).QuerySelectorAll("link[href], script[src]")
            .Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!).ToArray();

        var bytes = html.Length;
        foreach (var asset in assets)
        {
            Assert.False(Uri.TryCreate(asset, UriKind.Absolute, out _), $"{asset} is not of this server.");
            using var answer = await GetAsync(server, asset);
            var body = await answer.Content.ReadAsByteArrayAsync();
            bytes += body.Length;

            Assert.True(answer.IsSuccessStatusCode, asset);
            Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.True(body.Length < WorthCompressing || answer.Content.Headers.ContentEncoding.Count == 1, $"{asset} is not compressed.");
        }

        Assert.True(assets.Length > 5, "There is more to a page than that.");
        Assert.True(bytes <= MaxBytes, $"A first visit weighs {bytes} bytes.");
    }

    [Fact]
    public void Every_text_among_the_assets_has_a_compressed_variant()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(
            Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.staticwebassets.endpoints.json")));
        var endpoints = manifest.RootElement.GetProperty("Endpoints").EnumerateArray().ToArray();

        var compressed = endpoints.Where(e => e.GetProperty("Selectors").GetArrayLength() > 0).Select(Route).ToHashSet();
        var texts = endpoints.Where(e => TextTypes.Any(type => Header(e, "Content-Type").StartsWith(type, StringComparison.Ordinal))
            && long.Parse(Header(e, "Content-Length"), CultureInfo.InvariantCulture) > WorthCompressing
            && !Route(e).EndsWith(".gz", StringComparison.Ordinal) && !Route(e).EndsWith(".br", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(texts);
        Assert.Empty(texts.Select(Route).Except(compressed));
    }

    private static string Route(JsonElement endpoint) => endpoint.GetProperty("Route").GetString()!;

    private static string Header(JsonElement endpoint, string name) => endpoint.GetProperty("ResponseHeaders").EnumerateArray()
        .FirstOrDefault(h => h.GetProperty("Name").GetString() == name) is { ValueKind: JsonValueKind.Object } header
        ? header.GetProperty("Value").GetString()! : "";

    private static Task<HttpResponseMessage> GetAsync(ServerProcess server, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, path));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/html"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*"));
        return server.Client.SendAsync(request);
    }
}
