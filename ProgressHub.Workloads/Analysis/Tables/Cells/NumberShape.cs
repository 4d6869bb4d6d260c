namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>How the digits of a number stand, under one reading of its signs.</summary>
internal readonly record struct NumberShape
{
    private const int MaxExponentDigits = 3;

    /// <summary>Whether it is a number under this reading.</summary>
    public bool IsValid { get; private init; }

    /// <summary>How many digits it has before its decimals.</summary>
    public int WholeDigits { get; private init; }

    /// <summary>How many decimals it has.</summary>
    public int Decimals { get; private init; }

    /// <summary>Whether it has a sign for decimals.</summary>
    public bool HasPoint { get; private init; }

    /// <summary>What stands between its thousands; null where nothing does.</summary>
    public char? Grouping { get; private init; }

    /// <summary>Whether it has an exponent.</summary>
    public bool HasExponent { get; private init; }

    /// <summary>Whether its exponent could as well be a letter of a code: <c>12E3</c>.</summary>
    public bool IsBareExponent { get; private init; }

    /// <summary>Whether it begins with a zero before another digit.</summary>
    public bool LeadingZeros { get; private init; }

    /// <summary>How many characters were written.</summary>
    public int Written { get; private init; }

    public bool IsWhole => IsValid && !HasPoint && !HasExponent;

    /// <summary>Reads digits without sign or unit.</summary>
    /// <param name="core">The digits and what is between them.</param>
    /// <param name="point">What stands before decimals.</param>
    /// <param name="plain">Where to write them plainly; empty to write nothing.</param>
    public static NumberShape Of(ReadOnlySpan<char> core, char point, Span<char> plain)
    {
        var (whole, decimals, written, i) = (0, 0, 0, 0);
        var groups = new DigitGroups();
        var hasPoint = false;
        for (; i < core.Length; i++)
        {
            var c = core[i];
            if (char.IsAsciiDigit(c))
            {
                if (hasPoint)
                    decimals++;
                else
                    whole++;
                if (!hasPoint)
                    groups.AddDigit();
                Put(c, plain, ref written);
            }
            else if (c == point && !hasPoint)
            {
                hasPoint = true;
                Put('.', plain, ref written);
            }
            else if (hasPoint || !DigitGroups.IsSeparator(c, point) || !groups.AddSeparator(c))
            {
                break;
            }
        }

        var hasExponent = false;
        if (i < core.Length && whole + decimals > 0)
            hasExponent = Exponent(core[i..], plain, ref written);
        if ((i < core.Length && !hasExponent) || whole + decimals == 0 || (hasPoint && decimals == 0 && hasExponent) || !groups.AreRight(core))
            return default;
        return new NumberShape
        {
            IsValid = true,
            WholeDigits = whole,
            Decimals = decimals,
            HasPoint = hasPoint,
            Grouping = groups.Separator,
            HasExponent = hasExponent,
            IsBareExponent = hasExponent && !hasPoint && core[i] == 'E' && char.IsAsciiDigit(core[i + 1]),
            LeadingZeros = core is ['0', >= '0' and <= '9', ..],
            Written = written,
        };
    }

    private static bool Exponent(ReadOnlySpan<char> rest, Span<char> plain, ref int written)
    {
        if (rest[0] is not ('e' or 'E'))
            return false;
        var digits = rest[1..];
        if (!digits.IsEmpty && digits[0] is '+' or '-')
            digits = digits[1..];
        if (digits.Length is 0 or > MaxExponentDigits || digits.ContainsAnyExceptInRange('0', '9'))
            return false;
        foreach (var c in rest)
            Put(c, plain, ref written);
        return true;
    }

    private static void Put(char c, Span<char> plain, ref int written)
    {
        if (!plain.IsEmpty)
            plain[written++] = c;
    }
}
