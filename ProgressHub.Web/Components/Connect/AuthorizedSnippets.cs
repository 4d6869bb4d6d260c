using System.Text.RegularExpressions;

namespace ProgressHub.Web.Components.Connect;

/// <summary>The ways to connect as they are where people sign in: each request brings a key, for which there is a place to put it in.</summary>
internal static partial class AuthorizedSnippets
{
    /// <summary>What stands where the reader's own key belongs.</summary>
    public const string Placeholder = "phk_...";

    /// <summary>Commands for a shell.</summary>
    public static string Shell(string commands, string address) =>
        $"KEY={Placeholder}    # a key of yours, made at {address}/account\n" + Curl().Replace(
            WithoutToken(commands), """curl ${options} -H "Authorization: Bearer $KEY" """);

    /// <summary>A program in a language that one connects from.</summary>
    public static string Program(string language, ConnectProgram program, string address)
    {
        var text = Snippets.At(address, program.Text);
        return language switch
        {
            "curl" => Shell(text, address),
            "csharp" => text.Replace(
                $"new ProgressHubClient(new Uri(\"{address}\"))",
                $$"""
                new ProgressHubClient(new ProgressHubClientOptions
                {
                    BaseAddress = new Uri("{{address}}"),
                    AccessToken = static _ => ValueTask.FromResult<string?>("{{Placeholder}}"),
                })
                """,
                StringComparison.Ordinal),
            "python" => text.Replace($"Hub(\"{address}\")", $"Hub(\"{address}\", token=\"{Placeholder}\")", StringComparison.Ordinal),
            _ => text.Replace(
                $"\"url\": \"{address}/mcp\"",
                $$"""
                "url": "{{address}}/mcp", "headers": { "Authorization": "Bearer {{Placeholder}}" }
                """,
                StringComparison.Ordinal),
        };
    }

    /// <summary>A program with a library that takes a key.</summary>
    public static string Library(string program, string address) =>
        $"// The key is one of yours, made at {address}/account.\n" + program.Replace("apiKey: \"none\"", $"apiKey: \"{Placeholder}\"", StringComparison.Ordinal);

    /// <summary>A script for a page or for Node.</summary>
    public static string Script(string script, string address)
    {
        var text = WithoutToken(script).Replace("baseUrl: base,", "baseUrl: base, accessToken: key,", StringComparison.Ordinal);
        var ticketed = Source().Replace(text, "new EventSource(await withTicket(base, ${url}))");
        var tickets = ticketed == text ? "" :
            """
            // EventSource sends no headers. A ticket opens one stream, once, within a minute.
            const withTicket = async (base, url) => {
              const { ticket } = await (await fetch(`${base}/api/tickets`, { method: "POST" })).json();
              return `${url}${url.includes("?") ? "&" : "?"}ticket=${ticket}`;
            };

            """;
        return $$"""
            // A key of yours, made at {{address}}/account. Whoever sees the page that holds it may use it.
            const key = "{{Placeholder}}";
            const fetch = (url, options = {}) =>
              globalThis.fetch(url, { ...options, headers: { ...options.headers, Authorization: `Bearer ${key}` } });
            {{tickets}}
            {{ticketed}}
            """;
    }

    // A token that may be anything where nobody signs in is wrong where somebody does; the header says who it is.
    private static string WithoutToken(string text) =>
        text.Replace("?token=any&", "?", StringComparison.Ordinal).Replace("?token=any", "", StringComparison.Ordinal);

    // A request that brings a token of its own needs no key.
    [GeneratedRegex(@"curl (?<options>-\w+) (?![^\r\n]*Authorization:)")]
    private static partial Regex Curl();

    [GeneratedRegex(@"new EventSource\((?<url>`[^`]*`)\)")]
    private static partial Regex Source();
}
