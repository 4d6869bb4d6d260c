namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>The cells of some rows, copied out of the reader so that their columns can be looked at while it reads on.</summary>
internal sealed class CellBatch(int width)
{
    private const int MaxRows = 1024;
    private const int MaxCells = 128 * 1024;
    private const int MaxCharacters = 1024 * 1024;
    private readonly int _most = Math.Clamp(MaxCells / Math.Max(1, width), 1, MaxRows);
    private readonly (int Start, int Length)[] _cells = new (int, int)[Math.Clamp(MaxCells / Math.Max(1, width), 1, MaxRows) * width];
    private char[] _text = new char[64 * 1024];
    private int _length;
    private int _rows;

    /// <summary>Whether the next row belongs to another batch.</summary>
    public bool IsFull => _rows == _most || _length >= MaxCharacters;

    /// <summary>How many rows it has.</summary>
    public int Rows => _rows;

    /// <summary>A cell, trimmed.</summary>
    public ReadOnlySpan<char> this[int row, int column]
    {
        get
        {
            var (start, length) = _cells[(row * width) + column];
            return _text.AsSpan(start, length);
        }
    }

    /// <summary>Takes the row that was read last.</summary>
    /// <param name="row">The row.</param>
    /// <param name="left">A cell that counts for nothing; -1 where all count.</param>
    public void Add(DataRows row, int left)
    {
        // All of the row at once; its cells are places in it.
        var from = Copy(row.Text);
        var cells = _cells.AsSpan(_rows * width, width);
        for (var i = 0; i < cells.Length; i++)
            cells[i] = i == left ? default : (from + row.Place(i, out var length), length);
        _rows++;
    }

    /// <summary>Takes a row that was held back.</summary>
    public void Add(string[] row)
    {
        for (var i = 0; i < width; i++)
            Put(i, i < row.Length ? row[i].AsSpan().Trim() : []);
        _rows++;
    }

    /// <summary>Lets go of all rows.</summary>
    public void Clear() => (_rows, _length) = (0, 0);

    private void Put(int column, ReadOnlySpan<char> cell)
    {
        var from = Copy(cell);
        _cells[(_rows * width) + column] = (from, cell.Length);
    }

    private int Copy(ReadOnlySpan<char> text)
    {
        if (text.Length > _text.Length - _length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + text.Length));
        text.CopyTo(_text.AsSpan(_length));
        var from = _length;
        _length += text.Length;
        return from;
    }
}
