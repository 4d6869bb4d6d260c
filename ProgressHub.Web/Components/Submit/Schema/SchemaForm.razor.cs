using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit.Schema;

/// <summary>
/// Submits a job of a workload that has no form of its own: its fields are made from the schema of its input. Of any other
/// workload it is the form that takes up what an earlier job was given.
/// </summary>
public sealed partial class SchemaForm
{
    private const int TextLines = 8;
    private const int OtherLines = 4;

    private SchemaDraft _draft = new([]);
    private string? _title;

    /// <summary>The workload.</summary>
    [Parameter, EditorRequired]
    public WorkloadDescriptor Workload { get; set; } = null!;

    /// <summary>The job whose input it begins with; null for an empty one.</summary>
    [Parameter]
    public JobId? From { get; set; }

    [Inject]
    private UploadQueue Queue { get; set; } = null!;

    private bool TakesFiles => Workload.FileInput is not null && From is null;

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_draft.Fields.Count > 0)
            return;
        _draft = new SchemaDraft(SchemaField.Of(Workload.InputSchema, Workload.SecretInputs));
        if (From is not { } job)
            return;
        try
        {
            if (await Jobs.ReadInputAsync(job, Caller.Owner, CancellationToken.None) is not { } given)
                return;
            using var document = JsonDocument.Parse(given);
            _draft.Fill(document.RootElement);
            _title = (await Jobs.FindAsync(job, Caller.Owner, CancellationToken.None))?.Title;
        }
        catch (StorageUnavailableException)
        {
            Refusal = UiText.Of("What the earlier job was given can't be read now; reload the page in a moment.");
        }
    }

    private static string IdOf(SchemaField field) => $"input-{field.Name}";

    private static string HintOf(SchemaField field) => $"input-{field.Name}-hint";

    private static int LinesOf(SchemaField field) => field.Kind switch
    {
        SchemaFieldKind.LongText => TextLines,
        SchemaFieldKind.Lines or SchemaFieldKind.Json => OtherLines,
        _ => 1,
    };

    private bool IsFile(SchemaField field) => TakesFiles && field.Name == Workload.FileInput;

    private string? Invalid(SchemaField field) => Problem(field.Name) is null ? null : "true";

    private Task SubmitAsync()
    {
        var problems = _draft.Check();
        if (Workload.FileInput is { } files && TakesFiles)
        {
            problems.Remove(files);
            if (!Queue.Items.Any(item => item.State == UploadState.Chosen))
                problems[files] = UiText.Of("Choose or drop at least one file.");
        }

        return SubmitAsync(problems, async () =>
        {
            if (TakesFiles)
            {
                var (webhook, made) = await WebhookAsync();
                await Queue.StartAsync(Workload.Kind, file => With(_draft.ToInput(), Workload.FileInput!, file), webhook, made);
                return;
            }

            var submission = await SubmitAsync(Workload.Kind, _draft.ToInput(), _title);
            Leave($"jobs/{submission.Snapshot.JobId}");
        });
    }

    private JsonElement With(JsonElement input, string property, string file)
    {
        var values = input.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        values[property] = Workload.MaxFiles > 1 ? JsonSerializer.SerializeToElement(new[] { file }) : JsonSerializer.SerializeToElement(file);
        return JsonSerializer.SerializeToElement(values);
    }

    private protected override bool HasField(string property) => _draft.Fields.Any(field => field.Name == property);
}
