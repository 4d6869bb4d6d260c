using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class TailWindowTests
{
    private readonly TailWindow<Entry> _window = new(3, static e => e.Key);

    [Fact]
    public void It_keeps_the_last_and_knows_that_there_were_more()
    {
        foreach (var key in Enumerable.Range(0, 10_000))
            _window.Add(new Entry(key));

        Assert.Equal([9997, 9998, 9999], Keys());
        Assert.True(_window.HasEarlier);
    }

    [Fact]
    public void What_comes_out_of_order_is_put_in_its_place()
    {
        _window.Add(new Entry(2));
        _window.Add(new Entry(0));
        _window.Add(new Entry(1));

        Assert.Equal([0, 1, 2], Keys());
        Assert.False(_window.HasEarlier);
    }

    [Fact]
    public void What_belongs_before_the_window_does_not_push_into_it()
    {
        _window.Reset([new Entry(5), new Entry(6)], hasEarlier: true);

        _window.Add(new Entry(4));

        Assert.Equal([5, 6], Keys());
    }

    [Theory]
    [InlineData(true, "new")]
    [InlineData(false, "old")]
    public void The_same_key_is_replaced_where_it_is_newer(bool newer, string expected)
    {
        _window.Add(new Entry(1, "old"));

        _window.Add(new Entry(1, "new"), replaces: _ => newer);

        Assert.Equal(expected, Assert.Single(_window.Items).Text);
    }

    [Fact]
    public void Showing_earlier_ones_makes_room_for_them()
    {
        _window.Reset([new Entry(7), new Entry(8), new Entry(9)], hasEarlier: true);

        _window.Prepend([new Entry(5), new Entry(6)], hasEarlier: true);
        _window.Add(new Entry(10));

        Assert.Equal([6, 7, 8, 9, 10], Keys());
        Assert.True(_window.CanShowEarlier);
    }

    [Fact]
    public void It_grows_no_further_than_its_limit()
    {
        _window.Prepend([.. Enumerable.Range(0, 5000).Select(i => new Entry(i))], hasEarlier: true);

        Assert.Equal(TailWindow<Entry>.MaxLimit, _window.Items.Count);
        Assert.False(_window.CanShowEarlier);
    }

    private IEnumerable<int> Keys() => _window.Items.Select(e => e.Key);

    private sealed record Entry(int Key, string Text = "");
}
