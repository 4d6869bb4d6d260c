using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>
/// Apertium, a translator by rules that works offline. One process a batch: starting it costs 0.4 s. Its segments go in
/// as paragraphs with a numbered mark after each, and the marks say where each ends in what comes out.
/// </summary>
internal sealed partial class ApertiumTranslator(
    ApertiumPairs pairs, IOptions<TranslationOptions> options, TimeProvider time) : ITranslator
{
    private const string Label = "Apertium (rule-based, offline)";
    private const string Install = "Install it: apt-get install apertium apertium-eng-spa.";

    public string Id => "apertium";

    public bool TakesComplaints => false;

    public async ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        var installed = await pairs.ListAsync(cancellationToken);
        return installed.Count == 0
            ? new EngineStatus(Id, Label, Ready: false, Install)
            : new EngineStatus(Id, Label, Ready: true)
            {
                Options = [.. installed.Select(p => p.Option).Distinct().Order(StringComparer.Ordinal)],
            };
    }

    public async ValueTask CheckAsync(TranslationOrder order, CancellationToken cancellationToken) =>
        _ = await PairAsync(order, cancellationToken);

    public async Task<IReadOnlyList<string?>> TranslateAsync(
        IReadOnlyList<string> segments, TranslationOrder order, string? complaint, CancellationToken cancellationToken)
    {
        var pair = await PairAsync(order, cancellationToken);
        var input = Join(segments);
        using var limit = new CancellationTokenSource(options.Value.ApertiumTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        ChildResult result;
        try
        {
            result = await ChildProcess.RunAsync(
                options.Value.ApertiumCommand, ["-u", pair.Mode], input, 10_000 + (20 * input.Length), time, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkloadException("engine_failed", "Apertium took too long for a batch.");
        }

        var answers = Split(result.Output);
        // With text on both sides an exit code adds nothing; with none, it and what was said on the side say why.
        return answers.Count > 0 || segments.Count == 0 ? answers : throw new WorkloadException(
            "engine_failed",
            $"Apertium gave no translation (exit code {result.ExitCode.ToString(CultureInfo.InvariantCulture)}){Reason(result.Error)}");
    }

    /// <summary>The segments as one text.</summary>
    internal static string Join(IReadOnlyList<string> segments)
    {
        var text = new StringBuilder();
        foreach (var (index, segment) in segments.Index())
            text.Append(CultureInfo.InvariantCulture, $"{segment}\n\n⟦#{index}⟧\n\n");
        return text.ToString();
    }

    /// <summary>What came out between the marks; empty where the marks are not the ones that went in.</summary>
    internal static IReadOnlyList<string> Split(string output)
    {
        List<string> answers = [];
        var position = 0;
        foreach (Match mark in Mark().Matches(output))
        {
            if (int.Parse(mark.Groups[1].ValueSpan, CultureInfo.InvariantCulture) != answers.Count)
                return [];
            answers.Add(output[position..mark.Index].Trim());
            position = mark.Index + mark.Length;
        }

        return answers;
    }

    private async ValueTask<ApertiumPair> PairAsync(TranslationOrder order, CancellationToken cancellationToken)
    {
        var installed = await pairs.ListAsync(cancellationToken);
        if (installed.Count == 0)
            throw new WorkloadException("engine_unavailable", $"Apertium is not installed here. {Install}") { Property = "engine" };
        return ApertiumPairs.Find(installed, order.From, order.To) ?? throw new WorkloadException(
            "unsupported_language",
            $"Apertium does not translate from {order.From ?? "any language"} to {order.To} here; installed: "
            + $"{string.Join(", ", installed.Select(p => p.Option).Distinct().Order(StringComparer.Ordinal))}.")
        {
            Property = order.From is null ? "targetLanguage" : "sourceLanguage",
        };
    }

    private static string Reason(string error)
    {
        var line = error.Split('\n').FirstOrDefault(l => l.StartsWith("Error", StringComparison.OrdinalIgnoreCase));
        return line is null ? "." : $": {line.Trim()}";
    }

    [GeneratedRegex(@"⟦#([0-9]{1,6})⟧")]
    private static partial Regex Mark();
}
