using System.Text.Json;

namespace ProgressHub.Web.Components.Health;

/// <summary>A small job that shows whether an engine works.</summary>
/// <param name="Input">Its input.</param>
internal sealed record EngineTrial(JsonElement Input)
{
    /// <summary>Takes away what was made for it, once it has ended; null where nothing was.</summary>
    public Func<Task>? CleanUpAsync { get; init; }
}
