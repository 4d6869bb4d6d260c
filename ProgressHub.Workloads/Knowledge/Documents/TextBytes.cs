using System.Runtime.InteropServices;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>
/// A text as bytes of UTF-16, with the mark that says so, for a parser that wants bytes: it takes some at a time, and how far the
/// text behind it is read tells how far the parser is.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="progress">Hears how many characters are taken.</param>
internal sealed class TextBytes(TextReader text, Action<long> progress) : Stream
{
    private bool _isMarked;
    private long _taken;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var characters = MemoryMarshal.Cast<byte, char>(buffer);
        if (characters.Length == 0)
            return 0;
        if (!_isMarked)
        {
            _isMarked = true;
            characters[0] = '\uFEFF';
            return sizeof(char);
        }

        var read = text.Read(characters);
        progress(_taken += read);
        return read * sizeof(char);
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
