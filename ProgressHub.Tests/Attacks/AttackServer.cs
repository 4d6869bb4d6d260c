using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Attacks;

/// <summary>A real server that is attacked by somebody who may use it, and by somebody who may not.</summary>
internal sealed class AttackServer : IAsyncDisposable
{
    private const long MostGrowth = 512L * 1024 * 1024;
    private const string Boss = "boss";
    private readonly ServerProcess _process;
    private readonly TokenIssuerStand? _issuer;
    private readonly long _residentAtFirst;
    private int _complaintsTold;

    private AttackServer(ServerProcess process, TokenIssuerStand? issuer)
    {
        (_process, _issuer) = (process, issuer);
        Credential = issuer?.Issue("attacker", TimeSpan.FromHours(1), claims: [("scope", "jobs:read jobs:write documents admin"), ("role", Boss)]);
        _residentAtFirst = Resident();
    }

    public Uri Address => _process.Address;

    /// <summary>All it has written to its log.</summary>
    public string Log => _process.Output;

    /// <summary>The token of somebody who may do everything; null where everybody here may.</summary>
    public string? Credential { get; }

    /// <summary>Starts one in mode Local.</summary>
    public static async Task<AttackServer> StartAsync(params (string Key, string Value)[] settings) => new(
        await ServerProcess.StartNewAsync([("Limits:SubmissionsPerMinute", "1000000"), .. settings]), null);

    /// <summary>Starts one in mode Token, attacked by an administrator.</summary>
    public static async Task<AttackServer> StartWithTokensAsync()
    {
        var issuer = await TokenIssuerStand.StartAsync();
        return new AttackServer(
            await ServerProcess.StartNewAsync(
                ("Limits:SubmissionsPerMinute", "1000000"), ("Auth:Mode", "Token"), ("Auth:Issuers:0:Authority", issuer.Address),
                ("Auth:Issuers:0:Audience", TokenIssuerStand.Audience), ("Auth:Issuers:0:RoleClaim", "role"), ("Auth:Issuers:0:AdministratorRole", Boss)),
            issuer);
    }

    /// <summary>Asks as somebody who may use it.</summary>
    public async Task<HttpResponseMessage> AskAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (Credential is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Credential);
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return await _process.Client.SendAsync(request);
    }

    /// <summary>Posts bytes as a type, whatever is in them.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, byte[] body, string type, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return AskAsync(HttpMethod.Post, path, content, headers);
    }

    /// <summary>Sends bytes as they are; the answer up to the end of its headers, or all that came before the connection ended.</summary>
    /// <param name="request">The bytes.</param>
    /// <param name="asNobody">Whether whoever may use the server does not say so.</param>
    public async Task<string> SendRawAsync(string request, bool asNobody = false)
    {
        if (Credential is not null && !asNobody)
            request = request.Insert(request.IndexOf("\r\n", StringComparison.Ordinal), $"\r\nAuthorization: Bearer {Credential}");
        using var client = new TcpClient();
        await client.ConnectAsync(Address.Host, Address.Port).Soon();
        var stream = client.GetStream();
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request.Replace("HOST", Address.Authority, StringComparison.Ordinal))).AsTask().Soon();
            while (!answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)
                && await stream.ReadAsync(buffer).AsTask().Soon() is > 0 and var read)
                answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // It hung up, which is an answer too.
        }

        return answer.ToString();
    }

    /// <summary>Asserts that the attack was refused or taken, and never broke anything.</summary>
    public static async Task AnsweredAsync(HttpResponseMessage answer, string what)
    {
        var body = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
        Assert.True(
            (int)answer.StatusCode < 500 || answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InsufficientStorage or HttpStatusCode.NotImplemented,
            $"{what}: {(int)answer.StatusCode} {body}");
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    /// <summary>
    /// Asserts that it still answers, has logged no failure that was not told before, and holds no more memory than it may.
    /// </summary>
    public async Task IsWellAsync()
    {
        using var alive = await _process.Client.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        var told = Interlocked.Exchange(ref _complaintsTold, _process.Complaints);
        Assert.True(_complaintsTold == told, $"The server complained:\n{_process.Output}");
        Assert.True(Resident() - _residentAtFirst < MostGrowth, $"It has grown from {_residentAtFirst} to {Resident()} bytes.");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        if (_issuer is not null)
            await _issuer.DisposeAsync();
    }

    private long Resident()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var line = File.ReadLines($"/proc/{_process.ProcessId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
