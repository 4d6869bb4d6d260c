using System.Text.Encodings.Web;

namespace ProgressHub.AspNetCore.Problems;

/// <summary>The page a person sees where there is no page.</summary>
internal static class ErrorPage
{
    /// <summary>Writes it; what it says is text, never markup.</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem)
    {
        var encode = HtmlEncoder.Default;
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        await response.WriteAsync(
            $"""
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <title>{encode.Encode(problem.Title)} · ProgressHub</title>
              <style>body {"{"} font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 15vh auto; padding: 0 1rem; color-scheme: light dark {"}"}</style>
            </head>
            <body>
              <main>
                <h1>{encode.Encode(problem.Title)}</h1>
                <p>{encode.Encode(problem.Detail)}</p>
                <p><a href="/jobs">All jobs</a></p>
              </main>
            </body>
            </html>
            """,
            context.RequestAborted);
    }
}
