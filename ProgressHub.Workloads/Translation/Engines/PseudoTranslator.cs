using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>
/// Pseudo-localisation: shows where text is cut off, badly encoded or not translatable, in any language and with nothing
/// installed. The same text always gives the same answer.
/// </summary>
internal sealed partial class PseudoTranslator(IOptions<TranslationOptions> options, TimeProvider time) : ITranslator
{
    private const string Plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Accented = "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž";

    // German and Finnish run about this much longer than English.
    private const double Growth = 0.3;

    public string Id => "pseudo";

    public bool TakesComplaints => false;

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new EngineStatus(
        Id, "pseudo-localisation: not a translation (accents and padding, paced to be watched)", Ready: true));

    public ValueTask CheckAsync(TranslationOrder order, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async Task<IReadOnlyList<string?>> TranslateAsync(
        IReadOnlyList<string> segments, TranslationOrder order, string? complaint, CancellationToken cancellationToken)
    {
        var pause = options.Value.PseudoDelay * (segments.Sum(s => s.Length) / 1000.0);
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, time, cancellationToken);
        return [.. segments.Select(Disguise)];
    }

    /// <summary>
    /// The text with accents, about a third longer, in brackets. Masks stay as they are, and those at the ends stay outside
    /// the brackets: an address that touched one would no longer be found.
    /// </summary>
    internal static string Disguise(string text)
    {
        var (before, after) = (MasksBefore().Match(text).Length, MasksAfter().Match(text).Length);
        if (before + after >= text.Length)
            return text;
        var inner = text[before..^after];
        var result = new StringBuilder(text[..before]).Append('⟦');
        var letters = 0;
        var position = 0;
        foreach (Match mask in Mask().Matches(inner))
        {
            letters += Append(result, inner.AsSpan(position, mask.Index - position));
            result.Append(mask.ValueSpan);
            position = mask.Index + mask.Length;
        }

        letters += Append(result, inner.AsSpan(position));
        return result.Append('·', (int)Math.Ceiling(letters * Growth)).Append('⟧').Append(text[^after..]).ToString();
    }

    private static int Append(StringBuilder result, ReadOnlySpan<char> words)
    {
        var letters = 0;
        foreach (var c in words)
        {
            var place = Plain.IndexOf(c, StringComparison.Ordinal);
            result.Append(place < 0 ? c : Accented[place]);
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters;
    }

    [GeneratedRegex(@"^(?:⟦[0-9]{1,6}⟧\s*)*")]
    private static partial Regex MasksBefore();

    [GeneratedRegex(@"(?:\s*⟦[0-9]{1,6}⟧)*$", RegexOptions.RightToLeft)]
    private static partial Regex MasksAfter();

    [GeneratedRegex("⟦[0-9]{1,6}⟧")]
    private static partial Regex Mask();
}
