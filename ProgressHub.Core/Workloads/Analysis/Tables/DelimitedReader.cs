using System.Globalization;
using System.Text;

namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>
/// Rows of delimited text (RFC 4180), one at a time. A quote that does not begin a field is a character like any other;
/// empty lines are passed over.
/// </summary>
internal sealed class DelimitedReader(TextReader text, char delimiter)
{
    // A quote without an end would swallow the rest of the file.
    private const int MaxField = 1_000_000;
    private const int MaxFields = 10_000;

    private readonly char[] _buffer = new char[32 * 1024];
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private int _length;
    private int _next;
    private long _line = 1;

    /// <summary>The fields of the row that was read last; the next row replaces them.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>The line that row begins in, from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next row; false at the end.</summary>
    /// <exception cref="WorkloadException"><c>invalid_csv</c>: a quoted field has no end, or there are too many.</exception>
    public bool Read()
    {
        while (ReadLine())
        {
            if (_fields.Count > 1 || _fields[0].Length > 0)
                return true;
        }

        return false;
    }

    private bool ReadLine()
    {
        _fields.Clear();
        Line = _line;
        if (Peek() < 0)
            return false;
        while (true)
        {
            var end = Peek() == '"' ? ReadQuoted() : ReadPlain();
            if (_fields.Count == MaxFields)
                throw Invalid($"has more than {MaxFields} fields");
            _fields.Add(_field.ToString());
            _field.Clear();
            if (end != delimiter)
                return true;
        }
    }

    /// <summary>Reads up to and over the field's end; returns what ended it, -1 at the end of the text.</summary>
    private int ReadPlain()
    {
        while (true)
        {
            var c = Take();
            if (c < 0 || c == delimiter || IsLineEnd(c))
                return c;
            Append((char)c);
        }
    }

    private int ReadQuoted()
    {
        Take();
        while (true)
        {
            var c = Take();
            if (c < 0)
                throw Invalid("begins a quoted field that has no end");
            if (c == '\n')
                _line++;
            if (c != '"')
                Append((char)c);
            else if (Peek() == '"')
                Append((char)Take());
            else
                return ReadPlain();
        }
    }

    private bool IsLineEnd(int c)
    {
        if (c is not ('\r' or '\n'))
            return false;
        if (c == '\r' && Peek() == '\n')
            Take();
        _line++;
        return true;
    }

    private void Append(char c)
    {
        if (_field.Length == MaxField)
            throw Invalid("has a field that does not end; is a quote missing?");
        _field.Append(c);
    }

    private int Take()
    {
        var c = Peek();
        _next++;
        return c;
    }

    private int Peek()
    {
        if (_next < _length)
            return _buffer[_next];
        _length = text.Read(_buffer);
        _next = 0;
        return _length == 0 ? -1 : _buffer[0];
    }

    private WorkloadException Invalid(string what) => new(
        "invalid_csv", string.Create(CultureInfo.InvariantCulture, $"The table can't be read: line {Line} {what}."));
}
