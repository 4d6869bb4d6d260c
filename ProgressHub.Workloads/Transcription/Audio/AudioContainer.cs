using System.Text;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>
/// What a file is by its first bytes. Only what is known to hold sound by itself is taken: never a playlist, a list to
/// concatenate or any other text that names further files or addresses.
/// </summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Demuxer">The one ffmpeg demuxer that may read it.</param>
/// <param name="PlaysInBrowsers">Whether today's browsers all play it.</param>
internal sealed record AudioContainer(string Name, string Demuxer, bool PlaysInBrowsers)
{
    /// <summary>How many of the first bytes <see cref="Of"/> looks at.</summary>
    public const int HeadBytes = 64 * 1024;

    private static readonly AudioContainer Wav = new("WAV", "wav", true);
    private static readonly AudioContainer Mp3 = new("MP3", "mp3", true);
    private static readonly AudioContainer Flac = new("FLAC", "flac", true);
    private static readonly AudioContainer Aac = new("AAC", "aac", true);
    private static readonly AudioContainer Mp4 = new("MP4", "mov", true);
    private static readonly AudioContainer QuickTime = new("QuickTime", "mov", false);
    private static readonly AudioContainer WebM = new("WebM", "matroska", true);
    private static readonly AudioContainer Matroska = new("Matroska", "matroska", false);
    private static readonly AudioContainer MpegTS = new("MPEG-TS", "mpegts", false);

    // At their place from the beginning of the file.
    private static readonly (int At, string Mark, AudioContainer Container)[] Marks =
    [
        (0, "OggS", new("Ogg", "ogg", false)),
        (0, "fLaC", Flac),
        (0, "caff", new("CAF", "caf", false)),
        (0, ".snd", new("AU", "au", false)),
        (0, "#!AMR", new("AMR", "amr", false)),
        (0, "FLV\u0001", new("FLV", "flv", false)),
        (0, "wvpk", new("WavPack", "wv", false)),
        (0, "riff\u002e\u0091\u00cf\u0011", new("Wave64", "w64", false)),
        (0, "0&\u00b2u\u008ef\u00cf\u0011\u00a6\u00d9", new("Windows Media", "asf", false)),
    ];

    /// <summary>What it is; null where it is not known to hold sound.</summary>
    /// <param name="head">The first <see cref="HeadBytes"/> bytes, or all there are.</param>
    public static AudioContainer? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (at, mark, container) in Marks)
        {
            if (Has(head, at, mark))
                return container;
        }

        if ((Has(head, 0, "RIFF") || Has(head, 0, "RF64")) && Has(head, 8, "WAVE"))
            return Wav;
        if (Has(head, 0, "RIFF") && Has(head, 8, "AVI "))
            return new("AVI", "avi", false);
        if (Has(head, 0, "FORM") && (Has(head, 8, "AIFF") || Has(head, 8, "AIFC")))
            return new("AIFF", "aiff", false);
        if (Has(head, 4, "ftyp"))
            return Has(head, 8, "qt  ") ? QuickTime : Mp4;
        if (Has(head, 0, "\u001a\u0045\u00df\u00a3"))
            return head[..Math.Min(head.Length, 100)].IndexOf("webm"u8) >= 0 ? WebM : Matroska;
        if (head.Length > 376 && head[0] == 0x47 && head[188] == 0x47 && head[376] == 0x47)
            return MpegTS;
        return Frames(head);
    }

    // MPEG audio has no head of its own, only frames, often behind a tag with a title and a picture.
    private static AudioContainer? Frames(ReadOnlySpan<byte> head)
    {
        if (Has(head, 0, "ID3") && head.Length >= 10)
        {
            var tag = 10 + ((head[6] & 0x7f) << 21 | (head[7] & 0x7f) << 14 | (head[8] & 0x7f) << 7 | (head[9] & 0x7f));
            if (tag >= head.Length - 4)
                return Mp3;
            head = head[tag..];
            return Has(head, 0, "fLaC") ? Flac : IsAdts(head) ? Aac : Mp3;
        }

        return IsAdts(head) ? Aac : MpegFrame.Length(head) is var length and > 0
            && (head.Length < length + 4 || MpegFrame.Length(head[length..]) > 0) ? Mp3 : null;
    }

    private static bool IsAdts(ReadOnlySpan<byte> head)
    {
        if (head.Length < 7 || head[0] != 0xff || (head[1] & 0xf6) != 0xf0)
            return false;
        var length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5;
        return length > 7 && (head.Length < length + 2 || (head[length] == 0xff && (head[length + 1] & 0xf6) == 0xf0));
    }

    private static bool Has(ReadOnlySpan<byte> head, int at, string mark)
    {
        Span<byte> bytes = stackalloc byte[mark.Length];
        Encoding.Latin1.GetBytes(mark, bytes);
        return head.Length >= at + bytes.Length && head[at..].StartsWith(bytes);
    }
}
