using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ProgressHub.Tool.Terminal;

namespace ProgressHub.Tool.Server;

/// <summary>Sends a file by tus 1.0 (https://tus.io/protocols/resumable-upload), and goes on where a break left it.</summary>
internal sealed class FileUpload(ServerApi server, TimeProvider time)
{
    private const int MostTries = 10;
    private const int PieceBytes = 8 * 1024 * 1024;
    private const string Offset = "Upload-Offset";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Sends it; its id.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">What it is to be called; its own name by default.</param>
    /// <param name="resume">An upload of before that goes on; null for a new one.</param>
    /// <param name="cancellationToken">Whoever asks has gone; what was sent stays.</param>
    /// <exception cref="HttpRequestException">The server stayed away for several tries in a row.</exception>
    public async Task<string> SendAsync(string path, string? name, string? resume, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        using var bar = new BarLine(Console.Error, Console.IsErrorRedirected);
        var id = resume ?? await TryAsync(() => CreateAsync(name ?? Path.GetFileName(path), file.Length, cancellationToken), cancellationToken);
        long? offset = resume is null ? 0 : null;
        for (var tries = 0; offset is null || offset < file.Length;)
        {
            try
            {
                offset ??= await FindOffsetAsync(id, cancellationToken);
                bar.Draw(file.Length == 0 ? 1 : (double)offset.Value / file.Length, Path.GetFileName(path));
                if (offset < file.Length)
                    offset = await AppendAsync(id, file, offset.Value, cancellationToken);
                tries = 0;
            }
            catch (Exception broken) when (IsBreak(broken) && ++tries < MostTries)
            {
                offset = null;
                await PauseAsync(tries, cancellationToken);
            }
        }

        bar.Draw(1, Path.GetFileName(path));
        return id;
    }

    // Another request for the same bytes may still be on its way in: the offset then is not what was thought.
    private static bool IsBreak(Exception failure) =>
        failure is HttpRequestException or IOException || failure is ServerRefusal { Status: HttpStatusCode.Conflict };

    private async Task<T> TryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await ask();
            }
            catch (HttpRequestException) when (tries < MostTries)
            {
                await PauseAsync(tries, cancellationToken);
            }
        }
    }

    private Task PauseAsync(int tries, CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromMilliseconds(Math.Min(LongestPause.TotalMilliseconds, 200 << tries)), time, cancellationToken);

    private async Task<string> CreateAsync(string name, long length, CancellationToken cancellationToken)
    {
        using var response = await server.SendAsync(HttpMethod.Post, "api/uploads", request =>
        {
            Prepare(request);
            request.Headers.Add("Upload-Length", length.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}");
        }, cancellationToken);
        return response.Headers.Location?.ToString().Split('/')[^1] ?? throw new HttpRequestException("The server did not say where the file goes.");
    }

    private async Task<long> FindOffsetAsync(string id, CancellationToken cancellationToken)
    {
        using var response = await server.SendAsync(HttpMethod.Head, $"api/uploads/{id}", Prepare, cancellationToken);
        return OffsetOf(response);
    }

    private async Task<long> AppendAsync(string id, FileStream file, long offset, CancellationToken cancellationToken)
    {
        file.Position = offset;
        var piece = new byte[Math.Min(PieceBytes, file.Length - offset)];
        await file.ReadExactlyAsync(piece, cancellationToken);
        using var response = await server.SendAsync(HttpMethod.Patch, $"api/uploads/{id}", request =>
        {
            Prepare(request);
            request.Headers.Add(Offset, offset.ToString(CultureInfo.InvariantCulture));
            request.Content = new ByteArrayContent(piece) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        }, cancellationToken);
        return OffsetOf(response);
    }

    private static void Prepare(HttpRequestMessage request) => request.Headers.Add("Tus-Resumable", "1.0.0");

    private static long OffsetOf(HttpResponseMessage response) =>
        response.Headers.TryGetValues(Offset, out var values) && long.TryParse(values.First(), out var offset)
            ? offset
            : throw new HttpRequestException("The server did not say how much of the file it has.");
}
