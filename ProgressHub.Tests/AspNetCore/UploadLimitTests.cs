using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>What a server says that has no room for another file.</summary>
public sealed class UploadLimitTests
{
    [Fact]
    public async Task A_disk_that_is_nearly_full_takes_no_file_either_way_and_keeps_nothing_of_it()
    {
        using var server = new NearlyFullDisk();
        using var begun = await server.Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Length", "10"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("hashing"), "kind" }, { new ByteArrayContent(TusCalls.Bytes(10)), "file", "a.bin" },
        };
        using var sent = await server.Client.PostAsync("/api/jobs", form);

        await begun.IsProblemAsync(507, "disk_full");
        await sent.IsProblemAsync(507, "disk_full");
        Assert.Empty(server.Blobs);
        using var jobs = await server.Client.GetAsync("/api/jobs");
        Assert.Equal(0, (await WebServer.ReadAsync(jobs)).GetProperty("jobs").GetArrayLength());
    }

    [Fact]
    public async Task The_bytes_of_all_files_and_the_uploads_under_way_are_bounded_and_room_is_there_again_once_one_goes()
    {
        using var server = new SmallStore();
        var first = await server.Client.BeginUploadAsync(60);
        using var tooMuch = await server.Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Length", "60"));
        var second = await server.Client.BeginUploadAsync(30);
        using var tooMany = await server.Client.TusAsync(HttpMethod.Post, "/api/uploads", ("Upload-Length", "1"));

        await tooMuch.IsProblemAsync(507, "storage_full");
        await tooMany.IsProblemAsync(429, "too_many_uploads");
        using var gone = await server.Client.TusAsync(HttpMethod.Delete, $"/api/uploads/{first}");
        var third = await server.Client.BeginUploadAsync(60);
        Assert.NotEqual(second, third);
    }

    private sealed class NearlyFullDisk : UploadServer
    {
        protected override Dictionary<string, string?> Settings => new() { ["Uploads:MinFreeBytes"] = $"{1L << 50}" };
    }

    private sealed class SmallStore : UploadServer
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Uploads:MinFreeBytes"] = "0", ["Uploads:MaxTotalBytes"] = "100", ["Uploads:MaxOpenUploads"] = "2",
        };
    }
}
