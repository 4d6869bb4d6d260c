using System.Text;
using System.Text.Json;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Tests.Workloads.Workers;

/// <summary>Messages come out of a pipe as they went in, and nothing else is taken for one.</summary>
public sealed class WorkerFramesTests
{
    [Fact]
    public async Task Messages_follow_each_other_and_the_end_is_no_message()
    {
        using var pipe = new MemoryStream();
        await WorkerFrames.WriteAsync(pipe, Encoding.UTF8.GetBytes("""{"a":"ä\n"}"""), CancellationToken.None);
        await WorkerFrames.WriteAsync(pipe, Encoding.UTF8.GetBytes("[1]"), CancellationToken.None);
        pipe.Position = 0;

        var first = await WorkerFrames.ReadAsync(pipe, CancellationToken.None);
        var second = await WorkerFrames.ReadAsync(pipe, CancellationToken.None);

        Assert.Equal("ä\n", first!.Value.GetProperty("a").GetString());
        Assert.Equal(JsonValueKind.Array, second!.Value.ValueKind);
        Assert.Null(await WorkerFrames.ReadAsync(pipe, CancellationToken.None));
    }

    [Theory]
    [InlineData(new byte[] { 1, 0 })]
    [InlineData(new byte[] { 5, 0, 0, 0, (byte)'[' })]
    [InlineData(new byte[] { 0, 0, 0, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 1 })]
    [InlineData(new byte[] { 255, 255, 255, 127, 1 })]
    [InlineData(new byte[] { 2, 0, 0, 0, (byte)'[', (byte)'x' })]
    public async Task What_is_cut_off_too_long_or_no_JSON_is_refused(byte[] bytes) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => WorkerFrames.ReadAsync(new MemoryStream(bytes), CancellationToken.None));
}
