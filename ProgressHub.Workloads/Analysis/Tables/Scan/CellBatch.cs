namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>The cells of some rows, copied out of the reader so that their columns can be looked at while it reads on.</summary>
internal sealed class CellBatch(int width)
{
    private const int MaxRows = 4096;
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
        for (var i = 0; i < width; i++)
            Put(i, i == left ? [] : row[i]);
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
        if (cell.Length > _text.Length - _length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + cell.Length));
        cell.CopyTo(_text.AsSpan(_length));
        _cells[(_rows * width) + column] = (_length, cell.Length);
        _length += cell.Length;
    }
}
