using ProgressHub.Workloads.Analysis.Tables.Layout;
using ProgressHub.Workloads.Analysis.Tables.Text;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>
/// The rows of a file below its names, the same at each reading: without those that hold nothing, and without the names where
/// they stand again among the rows, as in files that were put together.
/// </summary>
internal sealed class DataRows
{
    private readonly DelimitedReader _reader;
    private readonly string[] _repeated;

    public DataRows(Stream file, TableLayout layout)
    {
        _reader = layout.Open(file);
        var skipped = 0;
        while (skipped < layout.SkipRows && _reader.Read())
            skipped++;
        List<string[]> header = [];
        while (header.Count < layout.HeaderRows && _reader.Read())
            header.Add(layout.HasNamelessFirst ? ["", .. _reader.ToArray()] : _reader.ToArray());
        Header = header;
        _repeated = header.Count == 1 && header[0].Length > 1 ? header[0] : [];
    }

    /// <summary>The rows of names.</summary>
    public IReadOnlyList<string[]> Header { get; }

    /// <summary>The row that was read last, from 0.</summary>
    public long Index { get; private set; } = -1;

    /// <summary>The line it begins in.</summary>
    public long Line => _reader.Line;

    /// <summary>How many fields it has.</summary>
    public int Count => _reader.Count;

    /// <summary>How many rows held nothing.</summary>
    public long Blank { get; private set; }

    /// <summary>How many rows were the names again.</summary>
    public long Repeated { get; private set; }

    /// <summary>Whether it stands apart from the row above it.</summary>
    public bool FollowsBlank { get; private set; }

    /// <summary>A field, trimmed.</summary>
    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            if (index >= _reader.Count)
                return [];
            var field = _reader[index];
            if (field.IsEmpty || (field[0] > ' ' && field[0] < 0x80 && field[^1] > ' ' && field[^1] < 0x80))
                return field;
            var cell = field.Trim();
            HasPadding |= cell.Length < field.Length;
            return cell;
        }
    }

    /// <summary>All of the row, its fields within it.</summary>
    public ReadOnlySpan<char> Text => _reader.Row;

    /// <summary>Where a field stands in <see cref="Text"/>, trimmed.</summary>
    /// <param name="index">The field.</param>
    /// <param name="length">How long it is; 0 where the row has no such field.</param>
    public int Place(int index, out int length)
    {
        length = 0;
        if (index >= _reader.Count)
            return 0;
        var field = _reader[index];
        var start = _reader.StartOf(index);
        length = field.Length;
        if (field.IsEmpty || (field[0] > ' ' && field[0] < 0x80 && field[^1] > ' ' && field[^1] < 0x80))
            return start;
        start += length - field.TrimStart().Length;
        length = field.Trim().Length;
        HasPadding |= length < field.Length;
        return start;
    }

    /// <summary>Whether any field had blanks around it.</summary>
    public bool HasPadding { get; private set; }

    /// <summary>Reads the next row.</summary>
    public bool Read()
    {
        FollowsBlank = false;
        while (_reader.Read())
        {
            FollowsBlank |= _reader.FollowsBlank;
            if (IsBlank())
            {
                Blank++;
                FollowsBlank = true;
            }
            else if (IsRepeated())
            {
                Repeated++;
            }
            else
            {
                Index++;
                return true;
            }
        }

        return false;
    }

    public string[] ToArray() => _reader.ToArray();

    /// <summary>The only field that says something; -1 where there are several.</summary>
    public int OnlyFilled()
    {
        var only = -1;
        for (var i = 0; i < _reader.Count; i++)
        {
            if (this[i].IsEmpty)
                continue;
            if (only >= 0)
                return -1;
            only = i;
        }

        return only;
    }

    private bool IsBlank()
    {
        for (var i = 0; i < _reader.Count; i++)
        {
            if (!_reader[i].IsWhiteSpace())
                return false;
        }

        return true;
    }

    private bool IsRepeated()
    {
        if (_repeated.Length != _reader.Count || _repeated.Length == 0)
            return false;
        for (var i = 0; i < _repeated.Length; i++)
        {
            if (!_reader[i].SequenceEqual(_repeated[i]))
                return false;
        }

        return true;
    }
}
