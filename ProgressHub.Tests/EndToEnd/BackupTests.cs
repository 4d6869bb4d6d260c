using System.Net.Http.Json;
using Microsoft.Data.Sqlite;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A backup that is made while the server works holds all that was acknowledged before it began, and starts.</summary>
public sealed class BackupTests : IDisposable
{
    private const int Programs = 4;
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-backup-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_under_load_restored_elsewhere_has_every_update_from_before_it()
    {
        await using var server = await ServerProcess.StartNewAsync();
        var upload = await UploadAsync(server);
        var result = await server.Client.GetStringAsync($"/api/jobs/{upload}/result");
        using var collection = await server.Client.PostAsJsonAsync("/api/collections", new { name = "Kept" });
        Assert.True(collection.IsSuccessStatusCode, await collection.Content.ReadAsStringAsync());
        using var stop = new CancellationTokenSource();
        var programs = await Task.WhenAll(Enumerable.Range(0, Programs).Select(_ => ReportingJob.SubmitAsync(server.Client)));
        var load = programs.Select(program => program.ReportUntilAsync(stop.Token)).Append(ChurnAsync(server, stop.Token)).ToArray();
        await Patience.UntilAsync(() => programs.All(p => p.Acknowledged > 20), "all programs report");

        var before = programs.Select(p => p.Acknowledged).ToArray();
        var backup = Path.Combine(_folder, "backup");
        Assert.Equal((0, ""), await RunAsync("backup", backup, server.DataDirectory));
        var after = programs.Select(p => p.Acknowledged).ToArray();
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second > pair.First, "The load went on while the backup was made."));
        await stop.CancelAsync();
        await Task.WhenAll(load);

        var restored = Path.Combine(_folder, "restored");
        Assert.Equal((0, ""), await RunAsync("restore", backup, restored));
        Assert.Equal((0, ""), await RunAsync("check", restored, restored));
        await using var again = ServerProcess.Prepare(("Storage:DataDirectory", restored));
        await again.StartAsync();
        foreach (var (program, acknowledged) in programs.Zip(before))
            await program.AssertNothingLostAsync(again.Client, acknowledged);

        Assert.Equal(result, await again.Client.GetStringAsync($"/api/jobs/{upload}/result"));
        Assert.Contains("Kept", await again.Client.GetStringAsync("/api/collections"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_backup_or_not_empty_is_refused_and_nothing_is_touched()
    {
        var (code, said) = await RunAsync("restore", _folder, Path.Combine(_folder, "data"));
        Assert.Equal(2, code);
        Assert.Contains("no backup", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "data")));

        var (missing, words) = await RunAsync("backup", Path.Combine(_folder, "to"), Path.Combine(_folder, "none"));
        Assert.Equal(2, missing);
        Assert.Contains("no data directory", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_the_job_that_is_hurt_and_a_server_that_is_in_the_way()
    {
        await using var server = await ServerProcess.StartNewAsync();
        var program = await ReportingJob.SubmitAsync(server.Client);
        for (var i = 0; i < 3; i++)
            await program.ReportAsync();
        var (busy, held) = await RunAsync("check", server.DataDirectory, server.DataDirectory);
        Assert.Equal(2, busy);
        Assert.Contains("in use by process", held, StringComparison.Ordinal);
        await server.StopAsync();
        Assert.Equal((0, ""), await RunAsync("check", server.DataDirectory, server.DataDirectory));

        await DamageAsync(server.DataDirectory, "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'line 2', 'line 7') AS BLOB)");

        var output = new List<string>();
        var (code, _) = await RunAsync("check", server.DataDirectory, server.DataDirectory, output);
        Assert.Equal(1, code);
        Assert.Contains(output, line => line.Contains($"job {program.Id}: event ", StringComparison.Ordinal));
    }

    private static async Task DamageAsync(string data, string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "progresshub.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    // Files that come and go while the backup copies.
    private static async Task ChurnAsync(ServerProcess server, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var id = await UploadAsync(server);
            using var deleted = await server.Client.DeleteAsync($"/api/jobs/{id}", CancellationToken.None);
            Assert.True(deleted.IsSuccessStatusCode, await deleted.Content.ReadAsStringAsync(CancellationToken.None));
        }
    }

    private static async Task<string> UploadAsync(ServerProcess server)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("translation"), "kind" },
            { new StringContent("""{"sourceLanguage":"en","targetLanguage":"en","engine":"pseudo"}"""), "input" },
            { new StringContent("kept"), "file", "kept.txt" },
        };
        using var submitted = await server.Client.PostAsync("/api/jobs", form);
        Assert.True(submitted.IsSuccessStatusCode, await submitted.Content.ReadAsStringAsync());
        var id = (await WebServer.ReadAsync(submitted)).Id();
        await server.Client.EndAsync(id);
        return id;
    }

    private static async Task<(int Code, string Error)> RunAsync(string verb, string folder, string data, List<string>? output = null)
    {
        var (code, error, said) = await DataProgram.RunAsync(verb, folder, $"--Storage:DataDirectory={data}");
        output?.AddRange(said.Split('\n'));
        return (code, error);
    }
}
