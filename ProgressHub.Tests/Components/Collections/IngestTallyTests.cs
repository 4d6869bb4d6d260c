using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Web.Components.Collections;

namespace ProgressHub.Tests.Components.Collections;

public sealed class IngestTallyTests
{
    private readonly IngestTally _tally = new();

    [Fact]
    public void Each_document_counts_once_however_often_it_is_reported()
    {
        Say(0, "failed");
        Say(1, "indexed");
        Say(2, "replaced");
        Say(3, "unchanged");
        Say(0, "indexed");
        Say(1, "indexed");

        Assert.Equal((2, 1, 1, 0), (_tally.New, _tally.Replaced, _tally.Unchanged, _tally.Failed));
        Assert.Equal(4, _tally.Done);
        Assert.Empty(_tally.Failures);
    }

    [Fact]
    public void All_failures_are_counted_and_the_first_of_them_are_named()
    {
        foreach (var i in Enumerable.Range(0, IngestTally.MostFailures + 5).Reverse())
            Say(i, "failed");

        Assert.Equal(IngestTally.MostFailures + 5, _tally.Failed);
        Assert.Equal(
            Enumerable.Range(0, IngestTally.MostFailures).Select(i => new IngestFailure($"d{i}", "No text.")), _tally.Failures);
    }

    [Fact]
    public void Pieces_that_say_nothing_of_a_document_are_passed_over()
    {
        _tally.Apply(new PartialEvent(0, null, Ok: true, "text"));
        _tally.Apply(new PartialEvent(1, null, Ok: true, Data: JsonDocument.Parse("[1]").RootElement));
        _tally.Apply(new PartialEvent(2, null, Ok: true, Data: JsonDocument.Parse("""{"status":1}""").RootElement));

        Assert.Equal(0, _tally.Done);
    }

    private void Say(int index, string status) => _tally.Apply(new PartialEvent(
        index, null, Ok: status != "failed", Data: JsonSerializer.SerializeToElement(new { id = $"d{index}", status, message = "No text." })));
}
