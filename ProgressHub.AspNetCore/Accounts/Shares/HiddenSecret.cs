using System.Diagnostics;

namespace ProgressHub.AspNetCore.Accounts.Shares;

/// <summary>
/// Takes the secret of a link out of the request's path before anybody else reads it: no log, no trace and no problem has it.
/// Before all else in the pipeline.
/// </summary>
internal sealed class HiddenSecret(RequestDelegate next)
{
    private const string Key = "ProgressHub.LinkSecret";
    private static readonly string[] PathTags = ["url.path", "url.full", "http.target", "http.url"];

    /// <summary>The secret that a request for a link brought; null for none.</summary>
    public static string? Of(HttpContext context) => context.Items[Key] as string;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(ShareLinks.Path, StringComparison.Ordinal, out var rest) && rest.Value is { Length: > 1 } secret)
        {
            context.Items[Key] = secret[1..];
            context.Request.Path = ShareLinks.Path;
            if (Activity.Current is { } trace)
            {
                foreach (var tag in PathTags)
                {
                    if (trace.GetTagItem(tag) is not null)
                        trace.SetTag(tag, ShareLinks.Path);
                }
            }
        }

        return next(context);
    }
}
