using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Web.Components.Chat;

/// <summary>A session's table as a person reads it.</summary>
internal static class SessionWords
{
    private const int MostOfName = 80;

    /// <summary>The table's name, where the session's is another, and its size as far as it is known: <c>prices.csv · 4,000 rows · 8 columns</c>.</summary>
    public static string Facts(AnalysisSession session)
    {
        var size = session.Data is { } table
            ? $"{UiText.Plural(table.Rows, UiText.Key("1 row"), UiText.Key("{0:N0} rows"))} · {UiText.Plural(table.Columns.Count, UiText.Key("1 column"), UiText.Key("{0:N0} columns"))}"
            : UiText.Of("read with the first question");
        return session.DataName == session.Name ? size : $"{session.DataName} · {size}";
    }

    /// <summary>What a session is called before anybody has named it: as its sample or its file.</summary>
    public static string FirstName(AnalysisSession session) =>
        session.Sample is { } sample ? AnalysisSamples.Find(sample)?.Label ?? session.DataName : session.DataName;

    /// <summary>A name from a question: its first line, cut at a word.</summary>
    public static string NameAfter(string question)
    {
        var line = new string([.. question.Trim().Split('\n')[0].Where(c => !char.IsControl(c))]).Trim();
        if (line.Length <= MostOfName)
            return line;
        var cut = line.LastIndexOf(' ', MostOfName);
        return $"{line[..(cut > MostOfName / 2 ? cut : MostOfName)].TrimEnd()}…";
    }

    public static string TypeOf(ResultColumn column) => column.Type switch
    {
        ColumnType.Whole => UiText.Of("whole number"),
        ColumnType.Real => UiText.Of("number"),
        ColumnType.Boolean => UiText.Of("yes or no"),
        ColumnType.Date => UiText.Of("date"),
        ColumnType.DateTime => UiText.Of("date and time"),
        _ => UiText.Of("text"),
    };
}
