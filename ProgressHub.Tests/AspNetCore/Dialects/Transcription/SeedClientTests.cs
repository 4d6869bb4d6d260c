using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>The clients our users have, against the real server with the real PocketSphinx and a human voice.</summary>
public sealed class SeedClientTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-seed-").FullName;
    private ServerProcess _server = null!;
    private WebApplication _elsewhere = null!;
    private string _page = null!;

    private string Audio => Path.Combine(_folder, "audio.wav");

    private string Address => _server.Address.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync()
    {
        (_elsewhere, _page) = await LoopbackApp.StartAsync(app => app.MapGet(
            "/", () => Results.Content(Here(SeedClients.Page), "text/html; charset=utf-8")));
        _server = await ServerProcess.StartNewAsync(("Dialects:AllowedOrigins:0", _page));
        File.Copy(Path.Combine(AlsaSpeech.Folder, "Front_Center.wav"), Audio);
    }

    public async Task DisposeAsync()
    {
        _server.AssertCalm();
        await _server.DisposeAsync();
        await _elsewhere.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_commands_answer_what_is_printed_below_them()
    {
        var answer = JsonElement.Parse((await BashAsync(SeedClients.CurlSubmit))[0]);
        var progress = JsonElement.Parse((await BashAsync(SeedClients.CurlProgress, answer.Text("job_id")!))[0]);

        Assert.Contains("center", answer.Text("text"), StringComparison.Ordinal);
        Assert.Equal("status: String, progress: Number, message: String, job_id: String", DialectServer.Shape(progress));
        Assert.Equal(("completed", 100, answer.Text("job_id")), (progress.Text("status"), progress.GetProperty("progress").GetInt32(), progress.Text("job_id")));
    }

    [Fact]
    public async Task The_script_in_Node_hears_the_end()
    {
        var posting = BashAsync($"curl -s -F file=@audio.wav -F model=base -F job_id={SeedClients.PrintedId} {SeedClients.PrintedServer}/transcribe");
        var said = await CommandRun.SucceedAsync(
            "node",
            ["--input-type=module", "-e", $"import {{ EventSource }} from 'eventsource'; globalThis.EventSource = EventSource;\n{Here(SeedClients.JavaScript)}"],
            Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients"), 2 * Patience.Limit);
        await posting;

        Assert.Contains("(100%)", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_in_Python_prints_the_transcription()
    {
        var script = Path.Combine(_folder, "client.py");
        await File.WriteAllTextAsync(script, Here(SeedClients.Python));

        // Debian's own Python has Debian's packages; another may come first on the path.
        var said = await BashAsync($"python3 -c 'import requests' 2>/dev/null && exec python3 {script} || exec /usr/bin/python3 {script}");

        Assert.Contains(said, line => line.Contains("(100%)", StringComparison.Ordinal));
        Assert.Contains(said, line => line.StartsWith("Transcription: ", StringComparison.Ordinal) && line.Contains("center", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_of_another_site_shows_the_transcription()
    {
        var page = await chromium.Browser.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.Limit.TotalMilliseconds);
        await page.GotoAsync(_page);
        await page.SetInputFilesAsync("#audioFile", Audio);
        await page.ClickAsync("button");
        await page.WaitForSelectorAsync("#result:not(:empty)", new PageWaitForSelectorOptions { State = WaitForSelectorState.Visible });

        Assert.Contains("center", await page.InnerTextAsync("#result"), StringComparison.Ordinal);
        Assert.Equal("100", await page.Locator("#progressBar").EvaluateAsync<string>("bar => String(bar.value)"));
        Assert.Equal("Transcription complete", await page.Locator("#statusText").EvaluateAsync<string>("text => text.textContent"));
        await page.CloseAsync();
    }

    private string Here(string client) => client.Replace(SeedClients.PrintedServer, Address, StringComparison.Ordinal);

    private async Task<string[]> BashAsync(string command, string id = SeedClients.PrintedId)
    {
        var here = Here(command).Replace(SeedClients.PrintedId, id, StringComparison.Ordinal);
        var said = await CommandRun.SucceedAsync("bash", ["-c", here], _folder, 2 * Patience.Limit);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
