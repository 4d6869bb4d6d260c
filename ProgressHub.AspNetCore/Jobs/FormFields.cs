using System.Text.Json;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>What a form has said so far.</summary>
internal sealed class FormFields
{
    public string? Kind { get; set; }

    public string? Title { get; set; }

    public JobId? JobId { get; set; }

    public WebhookSubmission? Webhook { get; set; }

    public List<string> Tags { get; } = [];

    public JsonElement? Input { get; set; }

    /// <summary>A text that becomes part of the input.</summary>
    public TextFile? File { get; set; }

    /// <param name="streamed">The names of files that are stored and not part of the input.</param>
    /// <exception cref="RefusedException">Something is missing or too much.</exception>
    public JobSubmission ToSubmission(IReadOnlyList<string>? streamed)
    {
        var name = File?.Name ?? streamed?[0];
        return new JobSubmission
        {
            Kind = Kind ?? throw Missing("kind", "The form has no 'kind'."),
            Title = Title ?? EventText.Line(name, JobService.MaxTitle),
            Tags = Tags,
            JobId = JobId,
            Webhook = Webhook,
            Input = File is not null ? File.Into(Input)
                : Input ?? (streamed is not null ? JsonElement.Parse("{}") : throw Missing("input", "The form has neither 'input' nor 'file'.")),
        };
    }

    private static RefusedException Missing(string property, string detail) =>
        new(StatusCodes.Status400BadRequest, "invalid_body", detail, property);
}
