using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Workloads.Translation;

/// <summary>How a text is cut into batches. Pure: the same request is always cut the same way by the same version.</summary>
/// <param name="input">The request.</param>
/// <param name="batches">How its text is cut.</param>
internal sealed class TranslationPlan(TranslationInput input, IReadOnlyList<Batch> batches)
{
    // Raised where answers to the same segments would no longer fit together with older ones.
    private const int Version = 2;

    public TranslationInput Input { get; } = input;

    public IReadOnlyList<Batch> Batches { get; } = batches;

    /// <summary>
    /// Under what the batches of an input may be taken over, by a later attempt or by a retry: the size they are cut to, and
    /// who translates.
    /// </summary>
    public static string KeyOf(TranslationInput input, string engine, int defaultBatchCharacters) => string.Create(
        CultureInfo.InvariantCulture, $"{Version} {engine} {input.Model} {input.BatchCharacters ?? defaultBatchCharacters}");

    /// <summary>
    /// What a checkpoint keeps: two attempts with the same fingerprint may share their batches. It covers the cuts, the
    /// text, the languages and who translates, so that no document mixes two engines.
    /// </summary>
    public byte[] Fingerprint(string engine)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(
            $"{Version}\n{engine}\n{Input.Model}\n{Input.Format}\n{Input.SourceLanguage}\n{Input.TargetLanguage}\n{Input.Text}"));
        Span<byte> cut = stackalloc byte[9];
        foreach (var piece in Batches.SelectMany(batch => batch.Pieces))
        {
            BinaryPrimitives.WriteInt32LittleEndian(cut, piece.Span.Start);
            BinaryPrimitives.WriteInt32LittleEndian(cut[4..], piece.Span.End);
            cut[8] = piece.Translate ? (byte)1 : (byte)0;
            hash.AppendData(cut);
        }

        foreach (var batch in Batches)
        {
            BinaryPrimitives.WriteInt32LittleEndian(cut, batch.Span.End);
            hash.AppendData(cut[..4]);
        }

        return hash.GetHashAndReset();
    }
}
