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
              <style>
                :root {"{"} color-scheme: light dark; --page: light-dark(#f4f5fa, #0f1117); --surface: light-dark(#fff, #181b24); --line: light-dark(#dfe2ee, #2b2f3d); --text: light-dark(#171a26, #e8eaf2); --soft: light-dark(#4c5268, #a9afc2); --accent: light-dark(#3848c8, #9aa5ff) {"}"}
                body {"{"} margin: 0; font: 1rem/1.5 system-ui, sans-serif; background: var(--page); color: var(--text) {"}"}
                main {"{"} max-width: 36rem; margin: 15vh auto 0; padding: 2rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--surface) {"}"}
                .brand {"{"} margin: 0 0 1rem; font-weight: 700; color: var(--soft) {"}"}
                h1 {"{"} margin: 0 0 .5rem; font-size: 1.5rem {"}"}
                a {"{"} color: var(--accent) {"}"}
                @media (max-width: 40rem) {"{"} main {"{"} margin: 2rem 1rem {"}"} {"}"}
              </style>
            </head>
            <body>
              <main>
                <p class="brand">ProgressHub</p>
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
