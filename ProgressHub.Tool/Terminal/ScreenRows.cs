using System.Text;

namespace ProgressHub.Tool.Terminal;

/// <summary>
/// What a command's output looks like to a person: rows, of which a program may draw some again (carriage return, backspace,
/// cursor up). A row becomes a line of the log once the cursor has left it for good; a row of several that are drawn again
/// and again becomes one at the end. Holds a bounded number of rows of bounded length. Not for several threads at once.
/// </summary>
/// <param name="line">Takes a line of the log.</param>
/// <param name="drawn">Takes what a row shows whenever the cursor leaves it: its text, whether it was drawn again, and which row it is.</param>
internal sealed class ScreenRows(Action<string> line, Action<string, bool, int> drawn)
{
    /// <summary>The longest line of the log, in characters.</summary>
    public const int MaxLine = 2000;

    private const int MaxRows = 48;

    private readonly List<Row> _rows = [new Row()];
    private int _cursor;

    private Row Current => _rows[_cursor];

    public void Print(char c) => Current.Print(c);

    public void Backspace() => Current.Backspace();

    /// <summary>The cursor goes to the beginning of its row: what is printed next stands over what is there.</summary>
    public void Return()
    {
        Show();
        Current.StartOver();
    }

    /// <summary>The row, or what is behind the cursor, is wiped.</summary>
    public void Erase() => Current.Erase();

    public void NewLine()
    {
        Show();
        if (_cursor < _rows.Count - 1)
        {
            _cursor++;
            Current.StartOver();
            return;
        }

        if (_rows.Count == 1)
        {
            Commit(Current);
            Current.Clear();
            return;
        }

        _rows.Add(new Row());
        if (_rows.Count > MaxRows)
        {
            Commit(_rows[0]);
            _rows.RemoveAt(0);
        }

        _cursor = _rows.Count - 1;
    }

    /// <summary>The cursor goes up: rows above it are drawn again, also where they are lines of the log already.</summary>
    public void Up(int count)
    {
        Show();
        count = Math.Min(count, MaxRows / 2);
        for (; _cursor < count; _cursor++)
            _rows.Insert(0, new Row());
        _cursor -= count;
        Current.StartOver();
    }

    public void Down(int count)
    {
        Show();
        _cursor = Math.Min(_cursor + count, _rows.Count - 1);
        Current.StartOver();
    }

    /// <summary>What the row with the cursor shows, at a moment when no more has come.</summary>
    public void Show()
    {
        if (Current.IsNew)
            drawn(Current.Text, Current.IsRedrawn || _rows.Count > 1, _rows.Count - 1 - _cursor);
        Current.IsNew = false;
    }

    /// <summary>Nothing more comes: all that is left becomes lines.</summary>
    public void End()
    {
        Show();
        foreach (var row in _rows)
            Commit(row, blank: false);
        _rows.Clear();
        _rows.Add(new Row());
        _cursor = 0;
    }

    private void Commit(Row row, bool blank = true)
    {
        if (blank || row.Text.AsSpan().Trim().Length > 0)
            line(row.Text);
    }

    private sealed class Row
    {
        private readonly StringBuilder _text = new();
        private bool _over;

        public string Text => _text.ToString();

        /// <summary>Whether it shows what it has not shown before.</summary>
        public bool IsNew { get; set; }

        public bool IsRedrawn { get; private set; }

        public void Print(char c)
        {
            if (_over)
            {
                _text.Clear();
                (_over, IsRedrawn) = (false, true);
            }

            if (_text.Length < MaxLine)
                _text.Append(c);
            IsNew = true;
        }

        public void Backspace()
        {
            if (!_over && _text.Length > 0)
                _text.Length--;
            IsRedrawn = true;
        }

        public void StartOver() => _over = _text.Length > 0;

        public void Erase()
        {
            if (_over)
                _text.Clear();
            IsRedrawn |= _over;
            _over = false;
        }

        public void Clear()
        {
            _text.Clear();
            (_over, IsNew, IsRedrawn) = (false, false, false);
        }
    }
}
