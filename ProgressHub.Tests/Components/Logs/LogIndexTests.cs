using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Logs;

namespace ProgressHub.Tests.Components.Logs;

public sealed class LogIndexTests
{
    private readonly LogIndex _index = new();

    [Fact]
    public void A_message_takes_a_row_for_each_of_its_lines()
    {
        Add("one", "two\n  three\n", "four");

        Assert.Equal((3, 4), (_index.Count, _index.Rows));
        Assert.Equal([(1, 0), (2, 1), (2, 1), (3, 3)], Enumerable.Range(0, 4).Select(At));
        Assert.Equal(3, _index.RowOf(3));
    }

    [Fact]
    public void Wrapped_it_takes_as_many_rows_as_its_text_is_cut_into()
    {
        string[] messages = ["0123456789", "儲存完成了", "", "\u001b[31mabcdefg\u001b[0m\n\tx", "aaaa"];
        Add(messages);

        _index.Arrange(static _ => true, 4);

        Assert.Equal(messages.Sum(m => LogRows.Cut(m, 4).Count), _index.Rows);
        Assert.Equal(["0123", "4567", "89"], LogRows.Cut(messages[0], 4).Select(Text));
        Assert.Equal(["儲存", "完成", "了"], LogRows.Cut(messages[1], 4).Select(Text));
    }

    [Fact]
    public void What_is_filtered_out_takes_no_row_and_keeps_its_number()
    {
        Add("a");
        Add(JobLogLevel.Error, "b");
        Add("c");

        _index.Arrange(static level => level == JobLogLevel.Error, null);
        Add(JobLogLevel.Error, "d");
        Add("e");

        Assert.Equal((5, 2, 2), (_index.Count, _index.Shown, _index.Rows));
        Assert.Equal([(2, 0), (4, 1)], Enumerable.Range(0, 2).Select(At));
        Assert.Equal(1, _index.RowOf(3)); // the next that is shown
        Assert.Null(_index.RowOf(5));
        Assert.False(_index.IsShown(1));
    }

    [Fact]
    public void Any_of_two_hundred_thousand_lines_is_found_at_once()
    {
        for (var i = 1; i <= 200_000; i++)
            _index.Add(new LogEvent(JobLogLevel.Info, $"line {i}") { Seq = 2 * i });

        Assert.Equal((150_000, 149_999), At(149_999));
        Assert.Equal(150_000 - 1, _index.RowOf(150_000));
    }

    [Fact]
    public void A_search_goes_round_and_begins_where_one_is()
    {
        var search = new LogSearch("ERR");
        string[] lines = ["err one", "fine", "\u001b[31merr\u001b[0mor two", "fine", "Err three"];
        for (var i = 0; i < lines.Length; i++)
            search.Look(i + 1, lines[i]);

        search.Begin(2);
        var first = search.Line;
        search.Step(1);
        search.Step(1);
        var around = search.Line;
        search.Step(-1);

        Assert.Equal((3, 3, 1, 5), (search.Count, first, around, search.Line));
    }

    private static string Text(IReadOnlyList<AnsiSpan> row) => string.Concat(row.Select(s => s.Text));

    private (int Number, int FirstRow) At(int row) => (_index.At(row).Entry.Number, _index.At(row).FirstRow);

    private void Add(params string[] messages)
    {
        foreach (var message in messages)
            Add(JobLogLevel.Info, message);
    }

    private void Add(JobLogLevel level, string message) =>
        _index.Add(new LogEvent(level, message) { Seq = _index.Count + 1 });
}
