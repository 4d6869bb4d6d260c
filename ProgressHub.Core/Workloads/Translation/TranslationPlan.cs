using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.Core.Workloads.Translation.Segmentation;

namespace ProgressHub.Core.Workloads.Translation;

/// <summary>How a text is cut into batches. Pure: the same request is always cut the same way by the same version.</summary>
internal sealed class TranslationPlan
{
    // Raised where answers to the same segments would no longer fit together with older ones.
    private const int Version = 1;

    private TranslationPlan(TranslationInput input, IReadOnlyList<Batch> batches)
    {
        Input = input;
        Batches = batches;
    }

    public TranslationInput Input { get; }

    public IReadOnlyList<Batch> Batches { get; }

    public static TranslationPlan Of(TranslationInput input, int defaultBatchCharacters) => new(
        input,
        BatchPacker.Pack(input.Text, input.Format.Segment(input.Text), input.BatchCharacters ?? defaultBatchCharacters));

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
