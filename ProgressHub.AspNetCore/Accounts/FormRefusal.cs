using Microsoft.AspNetCore.Antiforgery;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Answers a form whose token is not its page's: the page is old, or it is somebody else's.</summary>
internal sealed class FormRefusal(RequestDelegate next)
{
    private static readonly Problem Refusal = Problem.Of(
        StatusCodes.Status400BadRequest, "stale_form", "The page with this form is too old. Go back, load it anew, and send it again.");

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false })
            return next(context);
        return context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? ErrorPage.WriteAsync(context, Refusal)
            : Refusal.WriteAsync(context);
    }
}
