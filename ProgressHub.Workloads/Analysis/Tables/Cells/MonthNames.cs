using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Months by their names and abbreviations in the languages that tables are often written in.</summary>
internal static class MonthNames
{
    // English, German, French, Spanish, Italian, Portuguese, Dutch.
    private static readonly string[] Names =
    [
        "jan january januar jänner janvier janv enero ene gennaio gen janeiro januari",
        "feb february februar février fevrier févr fevr febrero febbraio fevereiro fev februari",
        "mar march märz maerz mär mrz mars marzo março marco maart mrt",
        "apr april avril avr abril abr aprile",
        "may mai mayo maggio mag maio mei",
        "jun june juni juin junio giugno giu junho",
        "jul july juli juillet juil julio luglio lug julho",
        "aug august août aout agosto ago augustus",
        "sep sept september septembre septiembre settembre set setembro",
        "oct october oktober okt octobre octubre ottobre ott outubro out",
        "nov november novembre noviembre novembro",
        "dec december dezember dez décembre decembre déc diciembre dic dicembre dezembro",
    ];

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ByName = Names
        .SelectMany((names, i) => names.Split(' ').Select(name => (name, i)))
        .ToFrozenDictionary(n => n.name, n => n.i + 1, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The month of a name, 1..12; 0 where it is none.</summary>
    public static int Find(ReadOnlySpan<char> name) => ByName.TryGetValue(name.TrimEnd('.'), out var month) ? month : 0;
}
