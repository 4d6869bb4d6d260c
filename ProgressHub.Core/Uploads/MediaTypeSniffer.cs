using System.Text;

namespace ProgressHub.Core.Uploads;

/// <summary>
/// Judges content by its first bytes; what a sender says of it counts for nothing. The signatures are those of the WHATWG
/// MIME Sniffing Standard, sections 6 and 7, and of the formats' own specifications.
/// </summary>
internal static class MediaTypeSniffer
{
    /// <summary>How many bytes are enough to judge by.</summary>
    public const int Enough = 1024;

    /// <summary>The media type of content that begins with these bytes.</summary>
    public static string Of(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 12 && start.StartsWith("RIFF"u8))
            return OfRiff(start[8..12]);
        if (start.Length >= 12 && start.StartsWith("FORM"u8) && (start[8..12].SequenceEqual("AIFF"u8) || start[8..12].SequenceEqual("AIFC"u8)))
            return "audio/aiff";
        if (start.Length >= 12 && start[4..8].SequenceEqual("ftyp"u8))
            return OfIsoMedia(start[8..12]);
        if (start.StartsWith("OggS"u8))
            return "audio/ogg";
        if (start.StartsWith("fLaC"u8))
            return "audio/flac";
        if (start.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
            return start.IndexOf("webm"u8) >= 0 ? "video/webm" : "video/x-matroska";
        if (start.StartsWith("%PDF-"u8))
            return "application/pdf";
        if (start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8))
            return "application/zip";
        if (start.StartsWith("ID3"u8) || IsMpegAudio(start))
            return "audio/mpeg";
        return IsText(start) ? "text/plain" : StoredFile.AnyBytes;
    }

    private static string OfRiff(ReadOnlySpan<byte> form) =>
        form.SequenceEqual("WAVE"u8) ? "audio/wav"
        : form.SequenceEqual("AVI "u8) ? "video/x-msvideo"
        : form.SequenceEqual("WEBP"u8) ? "image/webp"
        : StoredFile.AnyBytes;

    private static string OfIsoMedia(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8) ? "audio/mp4"
        : brand.SequenceEqual("qt  "u8) ? "video/quicktime"
        : "video/mp4";

    // A frame header of layer 3 (ISO/IEC 11172-3, 2.4.2.3) whose bit rate and sampling rate are none of the reserved.
    private static bool IsMpegAudio(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && start[0] == 0xFF && (start[1] & 0xE0) == 0xE0 && (start[1] & 0x18) != 0x08
        && (start[1] & 0x06) == 0x02 && (start[2] & 0xF0) is not (0xF0 or 0x00) && (start[2] & 0x0C) != 0x0C;

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
            return false;
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return true;
        return LooksLikeUtf16(start) || IsUtf8(start);
    }

    // Without a mark: every other byte of mostly Latin text is null, always on the same side.
    private static bool LooksLikeUtf16(ReadOnlySpan<byte> start)
    {
        if (start.Length < 4 || start.Length % 2 != 0)
            return false;
        var (even, odd) = (0, 0);
        for (var i = 0; i < start.Length; i += 2)
        {
            even += start[i] == 0 ? 1 : 0;
            odd += start[i + 1] == 0 ? 1 : 0;
        }

        var units = start.Length / 2;
        return (odd > units * 3 / 4 && even == 0 && !HasControls(start, 0)) || (even > units * 3 / 4 && odd == 0 && !HasControls(start, 1));
    }

    private static bool HasControls(ReadOnlySpan<byte> start, int first)
    {
        for (var i = first; i < start.Length; i += 2)
        {
            if (IsControl(start[i]))
                return true;
        }

        return false;
    }

    private static bool IsUtf8(ReadOnlySpan<byte> start)
    {
        while (!start.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(start, out var rune, out var read);

            // The last character may be cut off where we stopped reading.
            if (status == System.Buffers.OperationStatus.NeedMoreData)
                return start.Length < 4;
            if (status != System.Buffers.OperationStatus.Done || (rune.Value < 0x20 && IsControl((byte)rune.Value)))
                return false;
            start = start[read..];
        }

        return true;
    }

    // MIME Sniffing Standard, 5.1, "binary data byte".
    private static bool IsControl(byte value) => value is <= 0x08 or 0x0B or (>= 0x0E and <= 0x1A) or (>= 0x1C and <= 0x1F);
}
