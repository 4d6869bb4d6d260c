using System.Net;
using System.Text;
using System.Text.Json;

namespace ProgressHub.Tests.Accounts;

/// <summary>One of everything that somebody can own.</summary>
internal sealed record OwnedThings(string Job, string Ended, string Message, string Chat, string Upload, string Collection, string Session, string Schedule, string Share, string SignIn, string Key, string Account)
{
    public static readonly string NoJob = new('0', 32);

    /// <summary>What nobody else may ever see.</summary>
    public IEnumerable<string> Secrets => [Job, Ended, Message, Chat, Upload, Collection, Session, Schedule, Share, SignIn, Key];

    public static async Task<OwnedThings> MakeAsync(TokenUser user, string signIn)
    {
        var client = user.Client;
        var (job, _) = await user.StartJobAsync("Secret work");
        var (ended, _) = await user.StartJobAsync("Secret work that has ended");
        await client.AskAsync(HttpMethod.Post, $"/api/jobs/{ended}/cancel");
        var message = (await client.AskAsync(HttpMethod.Post, "/messages", new { content = "A secret.", model_name = "any" })).Body;
        var chat = (await client.AskAsync(
            HttpMethod.Post, "/api/v1/streaming-chat/ask-question", new { deity_id = "lighthouse", question = "A secret?", language = "en" })).Body;
        var collection = (await client.AskAsync(HttpMethod.Post, "/api/collections", new { name = "Secrets" })).Body;
        var samples = (await client.AskAsync(HttpMethod.Get, "/api/analysis/samples")).Body;
        var session = (await client.AskAsync(
            HttpMethod.Post, "/api/sessions", new { sample = samples.GetProperty("samples")[0].GetProperty("id").GetString() })).Body;
        var schedule = (await client.AskAsync(
            HttpMethod.Post, "/api/schedules",
            new { name = "Secret", kind = "translation", cron = "0 0 1 1 *", input = new { text = "A secret.", format = "plain", targetLanguage = "es" } })).Body;
        var share = (await client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/shares", new { })).Body;
        return new OwnedThings(
            job, ended, IdOf(message), IdOf(chat), await UploadAsync(client), IdOf(collection), IdOf(session), IdOf(schedule), IdOf(share), signIn, user.KeyId, user.Id);
    }

    /// <summary>What an operation can be tried on: with what is theirs, and with what is not there.</summary>
    public IEnumerable<Thing> Of(DescribedOperation operation)
    {
        var first = operation.Path.Split('/') switch
        {
            [_, "api", "jobs", ..] => [Job, Ended],
            [_, "api", "account", "sessions", ..] => [SignIn],
            [_, "api", "uploads", ..] => [Upload],
            [_, "api", "collections", ..] => [Collection],
            [_, "api", "sessions", ..] => [Session],
            [_, "api", "schedules", ..] => [Schedule],
            [_, "api", "accounts", ..] => [Account],
            [_, "api", "admin", "accounts", ..] => [Account],
            [_, "api", "admin", "keys", ..] or [_, "api", "account", "keys", ..] => [Key],
            [_, "messages", ..] => [Message],
            [_, "api", "v1", ..] => [Chat],
            _ => (string[])[Job],
        };
        return first.Select(id => new Thing(id, Share));
    }

    /// <summary>Whatever strangers tried, it is all there as it was.</summary>
    public async Task AssertUntouchedAsync(HttpClient owner)
    {
        Assert.Equal("running", (await owner.AskAsync(HttpMethod.Get, $"/api/jobs/{Job}")).Body.GetProperty("state").GetString());
        foreach (var path in (string[])[$"/api/jobs/{Ended}", $"/messages/{Message}", $"/api/v1/streaming-chat/progress/{Chat}", $"/api/collections/{Collection}", $"/api/sessions/{Session}", $"/api/schedules/{Schedule}"])
            Assert.True((await owner.AskAsync(HttpMethod.Get, path)).Status is HttpStatusCode.OK or HttpStatusCode.Accepted, path);
        using var head = new HttpRequestMessage(HttpMethod.Head, $"/api/uploads/{Upload}");
        head.Headers.Add("Tus-Resumable", "1.0.0");
        using var upload = await owner.SendAsync(head);
        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);
    }

    private static string IdOf(JsonElement answer)
    {
        foreach (var name in (string[])["id", "task_id", "jobId"])
        {
            if (answer.TryGetProperty(name, out var id))
                return id.GetString()!;
        }

        throw new InvalidOperationException($"There is no id in {answer}.");
    }

    private static async Task<string> UploadAsync(HttpClient client)
    {
        var bytes = Encoding.UTF8.GetBytes("city,high\nSecretville,5\n");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/uploads") { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.ContentType = new("application/offset+octet-stream");
        request.Headers.Add("Tus-Resumable", "1.0.0");
        request.Headers.Add("Upload-Length", bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String("secret.csv"u8)}");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.OriginalString.Split('/')[^1];
    }
}

/// <summary>One thing of somebody's.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Share">A share of theirs.</param>
internal sealed record Thing(string Id, string Share)
{
    public string Value(string name) => name switch
    {
        "share" => Share,
        "documentId" or "passageId" => "1",
        _ => Id,
    };

    public static string Missing(string name) => name is "documentId" or "passageId" ? "1" : OwnedThings.NoJob;
}
