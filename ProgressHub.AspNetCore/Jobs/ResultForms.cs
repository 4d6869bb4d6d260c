using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>Chooses among the forms in which a workload gives its results.</summary>
internal static class ResultForms
{
    /// <summary>The form that a link names with <c>?format=</c>, else the one that <c>Accept</c> likes best; null where it likes none.</summary>
    /// <exception cref="RefusedException"><c>invalid_parameter</c>: there is no such form.</exception>
    public static ResultForm? Choose(HttpRequest request, IReadOnlyList<ResultForm> forms, string? format)
    {
        if (!string.IsNullOrEmpty(format))
        {
            return forms.FirstOrDefault(form => form.Name == format) ?? throw Parameters.Refuse(
                "invalid_parameter",
                forms.Count == 0
                    ? "The result of this job has one form; leave 'format' out."
                    : $"'format' is one of {string.Join(", ", forms.Select(form => form.Name))}.",
                "format");
        }

        var chosen = ContentNegotiation.Choose(request, [.. forms.Select(form => ContentNegotiation.Bare(form.ContentType))]);
        return forms.FirstOrDefault(form => ContentNegotiation.Bare(form.ContentType) == chosen);
    }

    /// <summary>The answer where none is liked.</summary>
    public static Problem NotAcceptable(IReadOnlyList<ResultForm> forms) => Problem.Of(
        StatusCodes.Status406NotAcceptable, "not_acceptable",
        $"The result comes as {string.Join(", ", forms.Select(form => ContentNegotiation.Bare(form.ContentType)))}.", "Accept");
}
