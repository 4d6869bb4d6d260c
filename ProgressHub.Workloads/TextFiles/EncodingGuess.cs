using System.Text;
using UtfUnknown;

namespace ProgressHub.Workloads.TextFiles;

/// <summary>
/// Guesses an encoding by what a text looks like in it: whether all bytes mean something, and whether the letters are those
/// that people use, beside each other as in words.
/// </summary>
internal static class EncodingGuess
{
    private const double LeastLikely = 0.5;

    private const float Sure = 0.6f;

    // KOI8-R and -U, DOS and ISO Cyrillic, EUC-JP, ISO-2022, Hebrew, Arabic, Thai, and Baltic.
    private static readonly HashSet<int> Rare = [20866, 21866, 866, 28595, 10007, 51932, 50220, 50225, 52936, 1255, 28598, 38598, 1256, 28596, 874, 28601, 1257];

    // Each before those it is more often right than where both are as likely.
    private static readonly int[] CodePages = [54936, 932, 950, 51949, 1252, 1251, 1250, 28592, 1253, 1254];

    /// <summary>
    /// The most likely; Windows-1252 where none is likely. A detector that knows more encodings by their statistics is heard first
    /// for those that are not among these, where it is sure.
    /// </summary>
    public static Encoding Of(byte[] sample)
    {
        if (CharsetDetector.DetectFromBytes(sample).Detected is { Confidence: > Sure, Encoding: { } sure } && Rare.Contains(sure.CodePage))
            return sure;
        var best = CodePages.Select(page => (Page: page, Score: Score(page, sample))).MaxBy(c => c.Score);
        return CodePagesEncodingProvider.Instance.GetEncoding(best.Score >= LeastLikely ? best.Page : 1252)!;
    }

    private static double Score(int page, byte[] sample)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(page, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
        string text;
        try
        {
            text = encoding.GetString(sample);
        }
        catch (DecoderFallbackException)
        {
            return 0;
        }

        return page switch
        {
            54936 => Share(text, c => IsCommonHan(c, Gb2312), c => c > 0x7F),
            950 => Share(text, c => IsCommonHan(c, Big5), c => c > 0x7F) * 0.98,
            932 => Share(text, IsJapanese, c => c > 0x7F) * (text.Any(IsKana) ? 1 : 0.6),
            51949 => Korean(text),
            1254 => Turkish(text),
            _ => Letters(text, page),
        };
    }

    // The bytes of Korean syllables are those of common Chinese characters too, but of the first half of them alone.
    private static double Korean(string text) =>
        Share(text, c => c is >= '\uAC00' and <= '\uD7A3', c => c > 0x7F) * (text.Count(c => c is >= '\uAC00' and <= '\uD7A3') >= 4 ? 1.001 : 0.9);

    // The bytes of its own letters are letters of Central Europe too, but never of one language there: two of them tell.
    private static double Turkish(string text) => Letters(text, 1254) * (text.Where("ğışİ".Contains).Distinct().Count() > 1 ? 0.96 : 0.8);

    private static double Share(string text, Func<char, bool> good, Func<char, bool> counted)
    {
        var (right, all) = (0, 0);
        foreach (var c in text)
        {
            if (!counted(c) || c is >= '\u3000' and <= '\u3002' or >= '\uFF00' and <= '\uFF5E')
                continue;
            all++;
            right += good(c) ? 1 : 0;
        }

        return all == 0 ? 0 : (double)right / all;
    }

    // In one-byte encodings nearly every byte is a letter of some kind, so it counts what stands beside it.
    private static double Letters(string text, int page)
    {
        var (right, all) = (0.0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c <= 0x7F)
                continue;
            all++;
            var (before, after) = (i > 0 ? text[i - 1] : ' ', i + 1 < text.Length ? text[i + 1] : ' ');
            right += page switch
            {
                1251 => IsCyrillic(c) && (IsCyrillic(before) || IsCyrillic(after)) && !(char.IsLower(before) && char.IsUpper(c)) ? 1 : 0,
                1253 => IsGreek(c) && (IsGreek(before) || IsGreek(after)) && (char.IsLower(c) || !char.IsLetter(before)) ? 1 : 0,
                1250 or 28592 => CentralEurope.Contains(c, StringComparison.Ordinal) && IsInWord(before, c, after) ? 0.95 : c is '€' or '„' or '“' ? 0.5 : 0,
                1254 => "ğışĞİŞçöüÇÖÜâîû".Contains(c, StringComparison.Ordinal) && IsInWord(before, c, after) ? 1 : 0,
                _ => WesternEurope.Contains(c, StringComparison.Ordinal) && IsInWord(before, c, after) ? 0.9 : "€£©®°«»–—’“”„…·¿¡²³½µ§".Contains(c, StringComparison.Ordinal) ? 0.85 : 0,
            };
        }

        return all == 0 ? 0 : right / all;
    }

    private const string WesternEurope = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒšžŠŽ";
    private const string CentralEurope = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽőűŐŰöüÖÜäÄôÔľĺŕĽĂăâîșțşţđĐ";

    // A capital in the middle of a word of small letters is a sign of the wrong encoding.
    private static bool IsInWord(char before, char c, char after) =>
        (char.IsLetter(before) || char.IsLetter(after)) && !(char.IsLower(before) && char.IsUpper(c));

    private static bool IsCyrillic(char c) => c is >= 'Ѐ' and <= 'ӿ';

    private static bool IsGreek(char c) => c is >= 'Ά' and <= 'ώ';

    private static bool IsKana(char c) => c is >= '\u3041' and <= '\u30FE';

    private static bool IsJapanese(char c) => IsKana(c) || IsCommonHan(c, ShiftJis);

    // The first level of each standard holds the characters in daily use.
    private static bool IsCommonHan(char c, (int Page, int From, int To) level)
    {
        if (c is < '\u4E00' or > '\u9FFF')
            return false;
        Span<byte> bytes = stackalloc byte[4];
        var length = CodePagesEncodingProvider.Instance.GetEncoding(level.Page)!.GetBytes([c], bytes);
        return length == 2 && bytes[0] >= level.From && bytes[0] <= level.To;
    }

    private static readonly (int, int, int) Gb2312 = (936, 0xB0, 0xD7);
    private static readonly (int, int, int) Big5 = (950, 0xA4, 0xC6);
    private static readonly (int, int, int) ShiftJis = (932, 0x88, 0x97);
}
