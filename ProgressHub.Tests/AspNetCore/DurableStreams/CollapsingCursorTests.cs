using System.Globalization;
using ProgressHub.AspNetCore.DurableStreams;

namespace ProgressHub.Tests.AspNetCore.DurableStreams;

public sealed class CollapsingCursorTests
{
    private static readonly DateTimeOffset Now = new(2024, 10, 9, 1, 0, 10, TimeSpan.Zero);

    [Theory]
    [InlineData(null)]
    [InlineData("rubbish")]
    [InlineData("179")]
    [InlineData("9223372036854775807")]
    public void Who_brings_none_or_an_earlier_one_gets_the_number_of_the_interval(string? sent) =>
        Assert.Equal("180", CollapsingCursor.Next(Now, sent, new Random(1)));

    [Theory]
    [InlineData(180)]
    [InlineData(200)]
    public void Who_brings_the_present_or_a_later_one_gets_one_above_it(long sent)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var next = long.Parse(CollapsingCursor.Next(Now, $"{sent}", new Random(seed)), CultureInfo.InvariantCulture);
            Assert.InRange(next, sent + 1, sent + 180);
        }
    }
}
