using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Cells;
using ProgressHub.Workloads.Analysis.Tables.Columns;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Turns the cells of a column into values of its type.</summary>
internal sealed class ColumnAppender
{
    private const int Shown = 3;
    private static readonly DateTime SerialStart = new(1899, 12, 30);
    private readonly ColumnFormat _format;
    private readonly Dictionary<string, string> _known;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _knownBySpan;
    private readonly List<string> _misfits = [];
    private long _misfitCount;

    public ColumnAppender(ColumnFormat format)
    {
        _format = format;
        _known = format.Values.ToDictionary(v => v, v => v, StringComparer.Ordinal);
        _knownBySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether its values can be summed.</summary>
    public bool IsNumber => _format.Type is ColumnType.Whole or ColumnType.Real;

    /// <summary>What to tell of cells that are not of its type; null where there are none.</summary>
    public string? Note => _misfitCount == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{_misfitCount:N0} {(_misfitCount == 1 ? "cell" : "cells")} of '{_format.Name}' ({string.Join(", ", _misfits.Select(m => $"'{m}'"))}{(_misfitCount > _misfits.Count ? ", …" : "")}) could not be read as {_format.Type.ToString().ToLowerInvariant()} and {(_misfitCount == 1 ? "is" : "are")} empty.");

    /// <summary>Whether a cell, trimmed, holds nothing here.</summary>
    public bool IsMissing(ReadOnlySpan<char> cell)
    {
        if (MissingMarks.IsMissing(cell))
            return true;
        foreach (var mark in _format.Missing)
        {
            if (cell.Equals(mark, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>The number of a cell; null where it holds none.</summary>
    public double? NumberOf(ReadOnlySpan<char> cell)
    {
        Span<char> plain = stackalloc char[NumberCell.MaxLength + 1];
        return !IsMissing(cell) && NumberCell.TryWrite(cell, _format.DecimalComma, plain, out var length)
            && double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>Appends a cell, trimmed.</summary>
    public void Append(IDuckDBAppenderRow row, ReadOnlySpan<char> cell)
    {
        if (IsMissing(cell))
        {
            row.AppendNullValue();
            return;
        }

        var fits = _format.Type switch
        {
            ColumnType.Whole => AppendWhole(row, cell),
            ColumnType.Real => AppendReal(row, cell),
            ColumnType.Boolean => AppendYesNo(row, cell),
            ColumnType.Date or ColumnType.DateTime => AppendTime(row, cell),
            _ => AppendText(row, cell),
        };
        if (fits)
            return;
        row.AppendNullValue();
        _misfitCount++;
        if (_misfits.Count < Shown)
            _misfits.Add(cell[..Math.Min(cell.Length, 40)].ToString());
    }

    private bool AppendText(IDuckDBAppenderRow row, ReadOnlySpan<char> cell)
    {
        row.AppendValue(_known.Count > 0 && _knownBySpan.TryGetValue(cell, out var known) ? known : cell.ToString());
        return true;
    }

    private bool AppendWhole(IDuckDBAppenderRow row, ReadOnlySpan<char> cell)
    {
        if (_format.Stored == "BIGINT" && long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var plainly))
        {
            row.AppendValue(plainly);
            return true;
        }

        Span<char> plain = stackalloc char[NumberCell.MaxLength + 1];
        if (!NumberCell.TryWrite(cell, _format.DecimalComma, plain, out var length))
            return false;
        if (_format.Stored == "BIGINT")
        {
            if (!long.TryParse(plain[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
                return false;
            row.AppendValue(whole);
            return true;
        }

        if (!BigInteger.TryParse(plain[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var huge))
            return false;
        row.AppendValue(huge);
        return true;
    }

    private bool AppendReal(IDuckDBAppenderRow row, ReadOnlySpan<char> cell)
    {
        Span<char> plain = stackalloc char[NumberCell.MaxLength + 1];
        if (!NumberCell.TryWrite(cell, _format.DecimalComma, plain, out var length))
            return false;
        if (_format.Stored != "DOUBLE")
        {
            if (!decimal.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
                return false;
            row.AppendValue(exact);
            return true;
        }

        if (!double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return false;
        row.AppendValue(value);
        return true;
    }

    private static bool AppendYesNo(IDuckDBAppenderRow row, ReadOnlySpan<char> cell)
    {
        if (YesNo.Read(cell) is not { } yes)
            return false;
        row.AppendValue(yes);
        return true;
    }

    private bool AppendTime(IDuckDBAppenderRow row, ReadOnlySpan<char> cell)
    {
        if (Moment(cell) is not { } moment)
            return false;
        if (_format.Type == ColumnType.Date)
            row.AppendValue((DuckDBDateOnly)DateOnly.FromDateTime(moment));
        else
            row.AppendValue(moment);
        return true;
    }

    private DateTime? Moment(ReadOnlySpan<char> cell) => _format.Form switch
    {
        DateForm.Compact => DateReading.Compact(cell),
        DateForm.Serial => double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days)
            ? SerialStart.AddSeconds(Math.Round(days * 86_400)) : null,
        _ => DateReading.Read(cell)?.Moment(_format.Order),
    };
}
