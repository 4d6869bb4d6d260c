using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>Where a watcher of a session is, in text and back.</summary>
public sealed class SessionCursorTests
{
    private static readonly JobId A = JobId.Parse(new string('a', 32), null);
    private static readonly JobId B = JobId.Parse(new string('b', 32), null);

    [Fact]
    public void Of_one_question_after_another_it_is_the_id_of_the_last_event()
    {
        var cursor = new SessionCursor();
        cursor.Add(A, 0);
        Assert.True(cursor.Advance(A, 3, isEnd: false));
        Assert.Equal($"{A}-3", cursor.After(A));
        cursor.Advance(A, 4, isEnd: true);
        cursor.Add(B, 0);
        cursor.Advance(B, 1, isEnd: false);

        Assert.Equal($"{B}-1", cursor.After(B));
        Assert.False(cursor.Has(A));
    }

    [Fact]
    public void Of_two_at_once_it_holds_the_places_in_both_until_the_older_has_ended()
    {
        var cursor = new SessionCursor();
        cursor.Add(A, 0);
        cursor.Advance(A, 3, isEnd: false);
        cursor.Add(B, 0);
        cursor.Advance(B, 9, isEnd: true);
        Assert.Equal($"{B}-9.{A}-3", cursor.After(B));

        cursor.Advance(A, 4, isEnd: true);
        Assert.Equal($"{A}-4.{B}-9", cursor.After(A));
        Assert.Equal(new Dictionary<JobId, long> { [A] = 4, [B] = 9 }, SessionCursor.Parse(cursor.After(A)));
    }

    [Fact]
    public void What_was_seen_is_not_seen_again()
    {
        var cursor = new SessionCursor();
        cursor.Add(A, 5);

        Assert.False(cursor.Advance(A, 5, isEnd: false));
        Assert.False(cursor.Advance(B, 1, isEnd: false));
        Assert.True(cursor.Advance(A, 6, isEnd: false));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("7"), InlineData("-"), InlineData("....."), InlineData("xyz-1")]
    [InlineData("0123456789abcdef0123456789abcdef"), InlineData("0123456789abcdef0123456789abcdef-x"), InlineData("0123456789ABCDEF0123456789abcdef-1")]
    public void What_cannot_be_read_is_none(string? text) => Assert.Empty(SessionCursor.Parse(text));
}
