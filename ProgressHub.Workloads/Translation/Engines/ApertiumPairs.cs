using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>An installed direction: <c>eng-spa</c>.</summary>
internal sealed record ApertiumPair(string Mode, string From, string To)
{
    /// <summary>As users write it: <c>en-es</c>.</summary>
    public string Option => $"{LanguageCodes.ToTwoLetters(From)}-{LanguageCodes.ToTwoLetters(To)}";
}

/// <summary>Which directions are installed. Asked of the program, and again once the answer is a minute old.</summary>
internal sealed class ApertiumPairs(IOptions<TranslationOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _gate = new(1);
    private IReadOnlyList<ApertiumPair>? _pairs;
    private long _askedAt;

    public bool IsInstalled => ChildProcess.FindOnPath(options.Value.ApertiumCommand) is not null;

    public async ValueTask<IReadOnlyList<ApertiumPair>> ListAsync(CancellationToken cancellationToken)
    {
        if (!IsInstalled)
            return [];
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_pairs is null || _pairs.Count == 0 || time.GetElapsedTime(_askedAt) > Freshness)
            {
                _pairs = await AskAsync(cancellationToken);
                _askedAt = time.GetTimestamp();
            }

            return _pairs;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>The direction for an order, or null. Without a source language English is preferred, then what there is.</summary>
    public static ApertiumPair? Find(IReadOnlyList<ApertiumPair> pairs, string? from, string to)
    {
        var target = LanguageCodes.ToThreeLetters(to);
        var source = from is null ? null : LanguageCodes.ToThreeLetters(from);
        return pairs
            .Where(p => LanguageCodes.ToThreeLetters(p.To) == target
                && (source is null || LanguageCodes.ToThreeLetters(p.From) == source))
            .OrderBy(p => source is null && LanguageCodes.ToThreeLetters(p.From) != "eng")
            // The variant that was asked for (spa-eng_US for en-US), else the plain one.
            .ThenBy(p => !string.Equals(p.To.Replace('_', '-'), Variant(to), StringComparison.OrdinalIgnoreCase))
            .ThenBy(p => p.Mode.Length)
            .FirstOrDefault();
    }

    public void Dispose() => _gate.Dispose();

    private static string Variant(string code) =>
        LanguageCodes.ToThreeLetters(code) + code.Replace('_', '-')[code.Split('-', '_')[0].Length..];

    private async Task<IReadOnlyList<ApertiumPair>> AskAsync(CancellationToken cancellationToken)
    {
        var result = await ChildProcess
            .RunAsync(options.Value.ApertiumCommand, ["-l"], "", 100_000, time, cancellationToken);
        return [.. result.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(mode => (Mode: mode, Parts: mode.Split('-')))
            // "*" is what the shell leaves of a folder without a single direction.
            .Where(m => m.Parts.Length == 2 && m.Parts.All(p => p.Length >= 2 && char.IsAsciiLetter(p[0])))
            .Select(m => new ApertiumPair(m.Mode, m.Parts[0], m.Parts[1]))];
    }
}
