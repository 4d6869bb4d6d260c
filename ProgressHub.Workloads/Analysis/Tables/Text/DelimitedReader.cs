using System.Globalization;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Analysis.Tables.Text;

/// <summary>
/// Rows of delimited text (RFC 4180), one at a time, without making strings of them. A quote that does not begin a field is a
/// character like any other; lines without any character are passed over.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char delimiter, char quote = '"')
{
    // A quote without an end would swallow the rest of the file.
    private const int MaxField = 1_000_000;
    private const int MaxRow = 64_000_000;
    private const int MaxFields = 10_000;
    private const int NotQuoted = -1;

    private char[] _buffer = new char[128 * 1024];
    private Field[] _fields = new Field[32];
    private int _length;
    private int _next;
    private long _line = 1;
    private bool _ended;

    /// <summary>How many fields the row has that was read last.</summary>
    public int Count { get; private set; }

    /// <summary>The line that row begins in, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Whether lines without any character stand above that row.</summary>
    public bool FollowsBlank { get; private set; }

    /// <summary>A field of the row that was read last; the next row replaces it.</summary>
    public ReadOnlySpan<char> this[int index] => _buffer.AsSpan(_fields[index].Start, _fields[index].End - _fields[index].Start);

    /// <summary>The row that was read last, from the start of its first field to the end of its last.</summary>
    public ReadOnlySpan<char> Row => Count == 0 ? [] : _buffer.AsSpan(_fields[0].Start, _fields[Count - 1].End - _fields[0].Start);

    /// <summary>Where a field of it begins in <see cref="Row"/>.</summary>
    public int StartOf(int index) => _fields[index].Start - _fields[0].Start;

    /// <summary>The fields of the row that was read last, as strings.</summary>
    public string[] ToArray()
    {
        var row = new string[Count];
        for (var i = 0; i < row.Length; i++)
            row[i] = this[i].ToString();
        return row;
    }

    /// <summary>Reads the next row; false at the end.</summary>
    /// <exception cref="WorkloadException"><c>invalid_csv</c>: a quoted field has no end, or there are too many.</exception>
    public bool Read()
    {
        FollowsBlank = false;
        while (true)
        {
            Line = _line;
            Count = 0;
            var start = _next;
            if (start >= _length && !Fill(ref start))
                return false;

            // Whatever is cut off by the end of the buffer is read again with more of the text behind it.
            int next;
            int lines;
            while (!TryParse(start, out next, out lines))
            {
                Fill(ref start);
                Count = 0;
            }

            _next = next;
            _line += lines;
            if (Count > 1 || _fields[0].End > _fields[0].Start)
                return true;
            FollowsBlank = true;
        }
    }

    private bool TryParse(int at, out int next, out int lines)
    {
        lines = 0;
        next = at;
        while (true)
        {
            if (!TryField(ref at, ref lines, out var end))
                return false;
            if (end == delimiter)
                continue;
            if (end == '\r')
            {
                if (at == _length && !_ended)
                    return false;
                if (at < _length && _buffer[at] == '\n')
                    at++;
            }

            if (end >= 0)
                lines++;
            next = at;
            PutTogether();
            return true;
        }
    }

    /// <summary>Takes a field and what ends it, which is -1 at the end of the text; false where the buffer ends before.</summary>
    private bool TryField(ref int at, ref int lines, out int end)
    {
        var start = at;
        end = -1;
        if (at < _length && _buffer[at] == ' ' && delimiter != ' ')
        {
            // Spaces before a quote are no part of the field.
            var first = at;
            while (first < _length && _buffer[first] == ' ')
                first++;
            if (first < _length && _buffer[first] == quote)
                at = start = first;
        }

        if (at < _length && _buffer[at] == quote)
            return TryQuoted(ref at, ref lines, out end);
        if (!TryPlain(ref at, out end))
            return false;
        Add(new Field(start, end < 0 ? at : at - 1, NotQuoted));
        return true;
    }

    private bool TryPlain(ref int at, out int end)
    {
        var stop = _buffer.AsSpan(at, _length - at).IndexOfAny(delimiter, '\r', '\n');
        end = -1;
        if (stop < 0)
        {
            at = _length;
            return _ended;
        }

        at += stop;
        end = _buffer[at++];
        return true;
    }

    private bool TryQuoted(ref int at, ref int lines, out int end)
    {
        end = -1;
        var start = at + 1;
        if (!TryFindClose(start, out var close, out var doubled))
            return false;
        lines += Lines(_buffer.AsSpan(start, close - start));
        at = close + 1;
        if (!TryPlain(ref at, out end))
            return false;

        // What stands between the closing quote and the field's end belongs to it.
        var stop = end < 0 ? at : at - 1;
        var isPlain = !doubled && _buffer.AsSpan(close + 1, stop - close - 1).IsWhiteSpace();
        Add(isPlain ? new Field(start, close, NotQuoted) : new Field(start, stop, close));
        return true;
    }

    private bool TryFindClose(int from, out int close, out bool doubled)
    {
        (close, doubled) = (from, false);
        while (true)
        {
            var found = close < _length ? _buffer.AsSpan(close, _length - close).IndexOf(quote) : -1;
            if (found < 0)
            {
                if (_ended || _length - from > MaxField)
                    throw Invalid("begins a quoted field that has no end");
                return false;
            }

            close += found;
            if (close + 1 >= _length)
                return _ended;
            if (_buffer[close + 1] != quote)
                return true;
            doubled = true;
            close += 2;
        }
    }

    // Only once the whole row is there: a row that is cut off by the end of the buffer is read again from its start.
    private void PutTogether()
    {
        for (var i = 0; i < Count; i++)
        {
            ref var field = ref _fields[i];
            if (field.Close == NotQuoted)
                continue;
            var length = 0;
            for (var at = field.Start; at < field.End; at++)
            {
                if (at == field.Close)
                    continue;
                if (at < field.Close && _buffer[at] == quote)
                    at++;
                _buffer[field.Start + length++] = _buffer[at];
            }

            field = new Field(field.Start, field.Start + length, NotQuoted);
        }
    }

    private static int Lines(ReadOnlySpan<char> field) => field.Count('\n') + CountLoneReturns(field);

    private static int CountLoneReturns(ReadOnlySpan<char> field)
    {
        var lines = 0;
        for (var i = 0; i < field.Length; i++)
        {
            if (field[i] == '\r' && (i + 1 >= field.Length || field[i + 1] != '\n'))
                lines++;
        }

        return lines;
    }

    private void Add(Field field)
    {
        if (field.End - field.Start > MaxField)
            throw Invalid("has a field that does not end; is a quote missing?");
        if (Count == MaxFields)
            throw Invalid($"has more than {MaxFields} fields");
        if (Count == _fields.Length)
            Array.Resize(ref _fields, _fields.Length * 2);
        _fields[Count++] = field;
    }

    /// <summary>Moves what is not read yet to the front and reads on behind it; false where there is no more.</summary>
    private bool Fill(ref int start)
    {
        var left = _length - start;
        if (left > MaxRow)
            throw Invalid("does not end; is a quote missing?");
        if (left == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        Array.Copy(_buffer, start, _buffer, 0, left);
        var read = text.ReadBlock(_buffer, left, _buffer.Length - left);
        _ended = read == 0;
        (_length, _next, start) = (left + read, 0, 0);
        return _length > 0;
    }

    private WorkloadException Invalid(string what) => new(
        "invalid_csv", string.Create(CultureInfo.InvariantCulture, $"The table can't be read: line {Line} {what}."));

    /// <summary>Where a field stands in the buffer.</summary>
    /// <param name="Start">Its first character.</param>
    /// <param name="End">Behind its last.</param>
    /// <param name="Close">The quote that closes it, where something in it is still to be put together.</param>
    private readonly record struct Field(int Start, int End, int Close);
}
