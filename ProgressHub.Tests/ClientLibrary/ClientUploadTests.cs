using ProgressHub.Client;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

/// <summary>Uploads to the real server.</summary>
public sealed class ClientUploadTests(PlainServer plain) : IClassFixture<PlainServer>
{
    private const int Size = 13 * 1024 * 1024 + 7;

    [Fact]
    public async Task A_file_arrives_whole_though_the_server_is_killed_in_the_middle()
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var hub = server.Client();
        var bytes = new byte[Size];
        new Random(7).NextBytes(bytes);
        using var content = new MemoryStream(bytes);
        var offsets = new OffsetLog();
        var restarted = Task.CompletedTask;
        offsets.Reached = offset =>
        {
            if (offsets.All.Count == 1)
                restarted = Task.Run(async () => { await server.KillAsync(); await server.StartAsync(); });
        };

        var id = await hub.UploadAsync(content, "noise.bin", offsets).Soon();
        await restarted.Soon();

        Assert.Equal(Size, offsets.All[^1]);
        var stored = new DirectoryInfo(server.DataDirectory).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => file.Length == Size).ToList();
        Assert.Contains(stored, file => File.ReadAllBytes(file.FullName).AsSpan().SequenceEqual(bytes));
        Assert.Contains("noise.bin", await server.Client.GetStringAsync($"/api/uploads/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acknowledgement_that_is_lost_is_asked_for()
    {
        var server = plain.Process;
        using var handler = new UnreliableHandler();
        handler.LosesAnswer = request => request.Method == HttpMethod.Patch && handler.Lost == 0;
        using var hub = server.Client(handler);
        using var content = new MemoryStream("xx To be or not to be"u8.ToArray()) { Position = 3 };

        var id = await hub.UploadAsync(content, "note.txt").Soon();

        Assert.Equal(1, handler.Lost);
        Assert.Contains("\"offset\":18", await server.Client.GetStringAsync($"/api/uploads/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_does_not_take_is_refused_and_not_sent_again()
    {
        await using var server = await ServerProcess.StartNewAsync(("Uploads:MaxBytes", "1000"));
        using var hub = server.Client();
        using var content = new MemoryStream(new byte[1001]);

        var refusal = await Assert.ThrowsAsync<ProgressHubException>(() => hub.UploadAsync(content, "long.txt").Soon());

        Assert.Equal(("file_too_large", false), (refusal.Code, refusal.IsTransient));
    }

    [Fact]
    public async Task A_file_without_a_byte_is_a_file()
    {
        var server = plain.Process;
        using var hub = server.Client();

        var id = await hub.UploadAsync(Stream.Null, "empty.txt").Soon();

        Assert.Contains("\"length\":0", await server.Client.GetStringAsync($"/api/uploads/{id}"), StringComparison.Ordinal);
    }

    private sealed class OffsetLog : IProgress<long>
    {
        public List<long> All { get; } = [];

        public Action<long> Reached { get; set; } = static _ => { };

        public void Report(long value)
        {
            All.Add(value);
            Reached(value);
        }
    }
}
