using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using ProgressHub.Client.Http;

namespace ProgressHub.Client.Uploads;

/// <summary>How far an upload is, as the server says.</summary>
internal sealed record UploadState(string Id, long Offset, long Length);

/// <summary>Sends a file with tus 1.0 (https://tus.io): after a cut it asks how much is there, and goes on from there.</summary>
internal sealed class TusUpload(HubHttp http, Stream content, IProgress<long>? progress)
{
    private const int ChunkSize = 4 * 1024 * 1024;
    private const int MostFailures = 8;
    private const string Version = "1.0.0";

    private readonly long _start = content.Position;
    private readonly long _length = content.Length - content.Position;

    public async Task<string> SendAsync(string fileName, CancellationToken cancellationToken)
    {
        var begin = HubRequest.Post("api/uploads") with
        {
            Headers =
            [
                ("Tus-Resumable", Version),
                ("Upload-Length", _length.ToString(CultureInfo.InvariantCulture)),
                ("Upload-Metadata", $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(fileName))}"),
            ],
        };
        var upload = await http.AskAsync(begin, UploadJson.Default.UploadState, cancellationToken).ConfigureAwait(false);
        var path = $"api/uploads/{upload.Id}";
        var offset = 0L;
        for (var failures = 0; offset < _length;)
        {
            try
            {
                offset = failures == 0
                    ? await PatchAsync(path, offset, cancellationToken).ConfigureAwait(false)
                    : (await http.AskAsync(HubRequest.Get(path), UploadJson.Default.UploadState, cancellationToken).ConfigureAwait(false)).Offset;
                failures = 0;
                progress?.Report(offset);
            }
            catch (ProgressHubException failure) when (
                (failure.IsTransient || failure.Status == HttpStatusCode.Conflict) && failures < MostFailures)
            {
                await Task.Delay(Backoff.After(failure, ++failures), http.Time, cancellationToken).ConfigureAwait(false);
            }
        }

        return upload.Id;
    }

    private async Task<long> PatchAsync(string path, long offset, CancellationToken cancellationToken)
    {
        content.Position = _start + offset;
        var chunk = new byte[Math.Min(ChunkSize, _length - offset)];
        await content.ReadExactlyAsync(chunk, cancellationToken).ConfigureAwait(false);
        await http.DoAsync(
            new HubRequest(HttpMethod.Patch, path)
            {
                Content = new ByteArrayContent(chunk)
                {
                    Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") },
                },
                Headers =
                [
                    ("Tus-Resumable", Version), ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)),
                ],
            },
            cancellationToken).ConfigureAwait(false);
        return offset + chunk.Length;
    }
}
