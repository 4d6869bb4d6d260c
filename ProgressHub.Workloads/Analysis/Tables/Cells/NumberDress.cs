using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Takes from a number what people put around it: a currency, a percent sign, a minus on either side, parentheses.</summary>
internal readonly ref struct NumberDress
{
    private static readonly string[] Signs =
    [
        "US$", "HK$", "NT$", "R$", "C$", "A$", "S$", "Rs.", "Rs", "kr.", "kr", "Kr", "zł", "Kč", "Ft", "Fr.", "lei",
        "$", "€", "£", "¥", "￥", "₹", "₩", "₽", "₺", "₴", "₫", "₪", "฿", "₱", "元", "円", "원",
    ];

    private static readonly FrozenSet<string> Codes = new[]
    {
        "USD", "EUR", "GBP", "JPY", "CNY", "RMB", "CHF", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON",
        "BGN", "TRY", "RUB", "UAH", "INR", "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "ZAR", "NGN", "EGP", "KRW", "SGD", "HKD", "TWD",
        "THB", "IDR", "MYR", "PHP", "VND", "ILS", "AED", "SAR",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CodesBySpan = Codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Its digits, and what is between them.</summary>
    public ReadOnlySpan<char> Core { get; private init; }

    /// <summary>Whether it is below zero.</summary>
    public bool IsNegative { get; private init; }

    /// <summary>Whether it has a plus.</summary>
    public bool HasPlus { get; private init; }

    /// <summary>Its currency or percent sign.</summary>
    public string? Unit { get; private init; }

    /// <summary>Undresses a cell; false where something is there twice, or nothing is left.</summary>
    public static bool TryUndress(ReadOnlySpan<char> cell, out NumberDress bare)
    {
        bare = default;
        cell = cell.Trim();
        string? unit = null;
        var (minus, plus, brackets) = (0, 0, 0);
        while (!cell.IsEmpty && !(char.IsAsciiDigit(cell[0]) && char.IsAsciiDigit(cell[^1])))
        {
            if (cell is ['(', .., ')'])
            {
                brackets++;
                cell = cell[1..^1].Trim();
            }
            else if (cell[0] is '-' or '−' or '–')
            {
                minus++;
                cell = cell[1..].TrimStart();
            }
            else if (cell[0] == '+')
            {
                plus++;
                cell = cell[1..];
            }
            else if (TakeUnit(ref cell) is { } found)
            {
                if (unit is not null)
                    return false;
                unit = found;
            }
            else if (cell[^1] is '-' or '−' && cell.Length > 1)
            {
                minus++;
                cell = cell[..^1].TrimEnd();
            }
            else
            {
                // A point or comma before the first digit or after the last is the digits' own affair.
                break;
            }
        }

        if (cell.IsEmpty || minus + plus + brackets > 1)
            return false;
        bare = new NumberDress { Core = cell, IsNegative = minus + brackets > 0, HasPlus = plus > 0, Unit = unit };
        return true;
    }

    private static string? TakeUnit(ref ReadOnlySpan<char> cell)
    {
        if (cell[^1] is '%' or '％')
        {
            cell = cell[..^1].TrimEnd();
            return "%";
        }

        foreach (var sign in Signs)
        {
            if (cell.StartsWith(sign, StringComparison.Ordinal))
            {
                cell = cell[sign.Length..].TrimStart();
                return sign;
            }

            if (cell.EndsWith(sign, StringComparison.Ordinal))
            {
                cell = cell[..^sign.Length].TrimEnd();
                return sign;
            }
        }

        return TakeCode(ref cell);
    }

    private static string? TakeCode(ref ReadOnlySpan<char> cell)
    {
        if (cell.Length < 4)
            return null;
        if (CodesBySpan.TryGetValue(cell[..3], out var code) && !char.IsAsciiLetter(cell[3]))
        {
            cell = cell[3..].TrimStart();
            return code;
        }

        if (CodesBySpan.TryGetValue(cell[^3..], out code) && !char.IsAsciiLetter(cell[^4]))
        {
            cell = cell[..^3].TrimEnd();
            return code;
        }

        return null;
    }
}
