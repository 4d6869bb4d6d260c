using System.Text;

namespace ProgressHub.Tool.Terminal;

/// <summary>
/// Reads the bytes of one stream of a command: takes out colours and other control sequences (ECMA-48), follows those that
/// move the cursor, and makes text of the rest. A byte that is not UTF-8 spoils itself alone. Whatever a sequence is cut
/// into, it is read alike.
/// </summary>
internal sealed class OutputReader(ScreenRows rows)
{
    private const int MaxSequence = 64;
    private const char Escape = '\u001b';

    private readonly Decoder _decoder = new UTF8Encoding(false, throwOnInvalidBytes: false).GetDecoder();
    private readonly StringBuilder _sequence = new();
    private char[] _characters = [];
    private State _state;

    private enum State
    {
        Text, Escaped, Control, String, Designation,
    }

    /// <summary>Takes what has come.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        Decode(bytes, flush: false);
        rows.Show();
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        Decode([], flush: true);
        rows.End();
    }

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        if (_characters.Length < bytes.Length + 4)
            _characters = new char[bytes.Length + 4];
        var count = _decoder.GetChars(bytes, _characters, flush);
        foreach (var c in _characters.AsSpan(0, count))
            Take(c);
    }

    private void Take(char c)
    {
        switch (_state)
        {
            case State.Text:
                TakeText(c);
                break;
            case State.Escaped:
                Begin(c);
                break;
            case State.Designation:
                _state = State.Text;
                break;
            case State.Control when c is >= '@' and <= '~':
                _state = State.Text;
                Obey(c);
                break;
            case State.Control when c < ' ' || _sequence.Length >= MaxSequence:
                // Not a sequence after all.
                _state = State.Text;
                TakeText(c);
                break;
            case State.Control:
                _sequence.Append(c);
                break;
            case State.String when c is '\a' or Escape or '\n':
                // A title or a link ends with BEL, or with ESC and a backslash.
                _state = c == Escape ? State.Designation : State.Text;
                break;
        }
    }

    private void TakeText(char c)
    {
        switch (c)
        {
            case '\n':
                rows.NewLine();
                break;
            case '\r':
                rows.Return();
                break;
            case '\b':
                rows.Backspace();
                break;
            case Escape:
                _state = State.Escaped;
                break;
            case '\u009b':
                (_state, _) = (State.Control, _sequence.Clear());
                break;
            case '\t':
                rows.Print(' ');
                break;
            default:
                if (!char.IsControl(c))
                    rows.Print(c);
                break;
        }
    }

    private void Begin(char c)
    {
        _sequence.Clear();
        _state = c switch
        {
            '[' => State.Control,
            ']' or 'P' or '_' or '^' or 'X' => State.String,
            '(' or ')' or '*' or '+' or '#' or '%' or ' ' => State.Designation,
            _ => State.Text,
        };
        if (c == 'M')
            rows.Up(1);
        else if (c < ' ')
            TakeText(c);
    }

    private void Obey(char final)
    {
        var first = 0;
        foreach (var c in _sequence.ToString())
        {
            if (!char.IsAsciiDigit(c))
                break;
            first = Math.Min((first * 10) + (c - '0'), 9999);
        }

        switch (final)
        {
            case 'A' or 'F':
                rows.Up(Math.Max(1, first));
                break;
            case 'B' or 'E':
                rows.Down(Math.Max(1, first));
                break;
            case 'G' when first <= 1:
            case 'H' or 'f':
                rows.Return();
                break;
            case 'K' when first == 2:
                rows.Return();
                rows.Erase();
                break;
            case 'K' or 'J':
                rows.Erase();
                break;
        }
    }
}
