using ProgressHub.Workloads.Analysis.Planning.Grammar;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Forms;

/// <summary>Which column says how old something is, where none says its age.</summary>
internal static class Ages
{
    /// <summary>When things came to be; null where no column says so. What was looked at long ago is not old.</summary>
    public static TableColumn? Since(Sentence sentence, int at)
    {
        var columns = sentence.Terms.Table.Columns;
        if (columns.Where(c => c.IsYears()).ToList() is { Count: > 0 } years)
            return years is [var year] ? year : null;
        var times = columns.Where(c => c.IsTime).ToList();
        if (times.Count == 0 || (times is [var only] && TimeColumn.IsEnding(only)))
            return null;
        return TimeColumn.Of(sentence, at) is { IsTime: true } since && !TimeColumn.IsEnding(since) ? since : null;
    }

    /// <summary>Whether a column says when people were born.</summary>
    public static bool IsBirth(TableColumn column) => (column.IsTime || column.IsCalendarNumber()) && column.Parts().Any(p => p is "birth" or "born" or "dob" or "birthday" or "birthdate");
}
