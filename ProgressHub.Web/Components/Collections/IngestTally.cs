using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Collections;

/// <summary>A document that could not be taken in.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Reason">Why not.</param>
internal sealed record IngestFailure(string Name, string Reason);

/// <summary>What has become of the documents of a job that fills a collection, counted from its pieces.</summary>
internal sealed class IngestTally
{
    /// <summary>How many failures are named.</summary>
    public const int MostFailures = 20;

    // Each piece counts once, however often it is reported.
    private readonly Dictionary<int, string> _statuses = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, IngestFailure> _failures = [];

    public int New => Count("indexed");

    public int Replaced => Count("replaced");

    public int Unchanged => Count("unchanged");

    public int Failed => Count("failed");

    public int Done => _statuses.Count;

    /// <summary>The first that failed, in the order of the documents.</summary>
    public IEnumerable<IngestFailure> Failures => _failures.Values;

    public void Apply(PartialEvent piece)
    {
        if (piece.Data is not { ValueKind: JsonValueKind.Object } data || Text(data, "status") is not { } status)
            return;
        if (_statuses.TryGetValue(piece.Index, out var before))
            _counts[before]--;
        _statuses[piece.Index] = status;
        _counts[status] = Count(status) + 1;
        if (status != "failed")
            _failures.Remove(piece.Index);
        else
            _failures[piece.Index] = new IngestFailure(Text(data, "id") ?? "", RefusalTexts.Of(Text(data, "code"), Text(data, "message") ?? piece.Error ?? ""));
        if (_failures.Count > MostFailures)
            _failures.Remove(_failures.Keys.Last());
    }

    private int Count(string status) => _counts.GetValueOrDefault(status);

    private static string? Text(JsonElement data, string property) =>
        data.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
