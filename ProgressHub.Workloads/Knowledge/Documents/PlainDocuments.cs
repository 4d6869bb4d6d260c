using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Any text: prose, programs, logs. It is read in stretches of bounded length, with the line each begins in.</summary>
internal static class PlainDocuments
{
    private const int StretchCharacters = 64 * 1024;

    public static IEnumerable<Section> Read(TextReader text, SectionKind kind)
    {
        var buffer = new char[StretchCharacters];
        var (length, line) = (0, 1);
        while (true)
        {
            var read = text.ReadBlock(buffer, length, buffer.Length - length);
            length += read;
            if (length == 0)
                yield break;
            var cut = read == 0 || length < buffer.Length ? length : Cut(buffer.AsSpan(0, length), kind);
            var stretch = new string(buffer, 0, cut);
            if (stretch.Contains('\0', StringComparison.Ordinal))
                throw new WorkloadException("not_text", "This is no text: it has zero bytes in it.");
            yield return new Section(null, stretch) { Kind = kind, Line = line };
            line += stretch.Count('\n');
            buffer.AsSpan(cut, length - cut).CopyTo(buffer);
            length -= cut;
        }
    }

    private static int Cut(ReadOnlySpan<char> text, SectionKind kind)
    {
        var end = kind == SectionKind.Prose ? text.LastIndexOf("\n\n") : -1;
        if (end < text.Length / 2)
            end = text.LastIndexOf('\n');
        if (end >= 0)
            return end + 1;
        return char.IsHighSurrogate(text[^1]) ? text.Length - 1 : text.Length;
    }

    private static int Count(this string text, char wanted) => text.AsSpan().Count(wanted);
}
