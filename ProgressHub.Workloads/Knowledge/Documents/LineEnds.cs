namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>Reads text with line ends as <c>\n</c>, whatever they are in the file.</summary>
internal sealed class LineEnds(TextReader text) : TextReader
{
    private bool _afterReturn;

    public override int Peek() => text.Peek();

    public override int Read()
    {
        Span<char> one = stackalloc char[1];
        return Read(one) == 0 ? -1 : one[0];
    }

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        while (true)
        {
            var read = text.Read(buffer);
            if (read == 0)
                return 0;
            var kept = 0;
            foreach (var c in buffer[..read])
            {
                if (c != '\n' || !_afterReturn)
                    buffer[kept++] = c == '\r' ? '\n' : c;
                _afterReturn = c == '\r';
            }

            if (kept > 0)
                return kept;
        }
    }

    public override int ReadBlock(char[] buffer, int index, int count)
    {
        var all = 0;
        while (all < count && Read(buffer, index + all, count - all) is > 0 and var read)
            all += read;
        return all;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            text.Dispose();
        base.Dispose(disposing);
    }
}
