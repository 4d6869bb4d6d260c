namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Reads the time of day behind a date, and how far its clock is from UTC.</summary>
internal static class ClockReading
{
    /// <summary>Reads <c>T10:00:00.5+02:00</c>, <c> 10:00 PM</c>, <c>, 10:00 UTC</c>; null where it is no time.</summary>
    public static (TimeSpan Time, TimeSpan? Offset)? Read(ReadOnlySpan<char> text)
    {
        var rest = new DateScanner(text[0] is 'T' or 't' ? text[1..] : text[0] is ' ' or ',' ? text.TrimStart(" ,") : []);
        var hour = rest.Number(out var length);
        if (length is not (1 or 2) || !rest.Take(':'))
            return null;
        var minute = rest.Number(out length);
        if (length != 2)
            return null;
        var (second, fraction) = (0, 0L);
        if (rest.Take(':'))
        {
            second = rest.Number(out length);
            if (length != 2)
                return null;
            if (rest.Take('.') || rest.Take(','))
            {
                var digits = rest.Number(out length);
                if (length == 0)
                    return null;
                fraction = (long)(digits * Math.Pow(10, 7 - length));
            }
        }

        var zone = rest.Remaining.Trim();
        if (!TakeHalf(ref zone, ref hour) || hour > 23 || minute > 59 || second > 60)
            return null;
        var time = new TimeSpan(hour, minute, Math.Min(second, 59)) + TimeSpan.FromTicks(fraction);
        if (zone.IsEmpty)
            return (time, null);
        return Offset(zone) is { } offset ? (time, offset) : null;
    }

    // AM and PM.
    private static bool TakeHalf(ref ReadOnlySpan<char> rest, ref int hour)
    {
        var half = rest switch
        {
            ['A' or 'a', 'M' or 'm', ..] or ['A' or 'a', '.', 'M' or 'm', '.', ..] => 0,
            ['P' or 'p', 'M' or 'm', ..] or ['P' or 'p', '.', 'M' or 'm', '.', ..] => 12,
            _ => -1,
        };
        if (half < 0)
            return true;
        rest = rest[(rest[1] == '.' ? 4 : 2)..].TrimStart();
        var fits = hour is >= 1 and <= 12;
        hour = (hour % 12) + half;
        return fits;
    }

    private static TimeSpan? Offset(ReadOnlySpan<char> zone)
    {
        if (zone is "Z" or "z" or "UTC" or "GMT" or "utc")
            return TimeSpan.Zero;
        if (zone[0] is not ('+' or '-' or '−'))
            return null;
        var rest = new DateScanner(zone[1..]);
        var hours = rest.Number(out var length);
        var minutes = 0;
        if (length == 4)
        {
            (hours, minutes) = (hours / 100, hours % 100);
        }
        else if (length is not (1 or 2))
        {
            return null;
        }
        else if (rest.Take(':'))
        {
            minutes = rest.Number(out length);
            if (length != 2)
                return null;
        }

        if (!rest.IsAtEnd || hours > 15 || minutes > 59)
            return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '+' ? offset : -offset;
    }
}
