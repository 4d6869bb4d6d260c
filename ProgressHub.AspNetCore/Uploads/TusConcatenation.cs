using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Uploads;

namespace ProgressHub.AspNetCore.Uploads;

/// <summary>
/// tus's extension concatenation: pieces are uploads of their own, sent side by side, and one request makes a file of them.
/// The pieces go once it is whole; a crash before that leaves them, and the request may be sent again.
/// </summary>
internal static class TusConcatenation
{
    public const string Header = "Upload-Concat";
    public const string Partial = "partial";
    private const string Final = "final;";
    private const int MostPieces = 1000;

    /// <summary>What the request says; null where it says nothing.</summary>
    /// <exception cref="RefusedException"><c>invalid_header</c>.</exception>
    public static string? Of(HttpRequest request) => request.Headers[Header].ToString().Trim() switch
    {
        "" => null,
        Partial => Partial,
        var value when IsFinal(value) => value,
        _ => throw Refuse($"{Header} is '{Partial}', or '{Final}' with the uploads to be put together."),
    };

    public static bool IsFinal(string? value) => value?.StartsWith(Final, StringComparison.Ordinal) == true;

    /// <summary>Makes one file of the pieces, in the order in which they are named.</summary>
    /// <exception cref="RefusedException"><c>invalid_header</c>, <c>upload_not_found</c> or <c>upload_incomplete</c>.</exception>
    /// <exception cref="UploadException">There is no room for it.</exception>
    public static async Task<StoredFile> JoinAsync(
        string value, string owner, string? name, UploadService uploads, CancellationToken cancellationToken)
    {
        // Addresses, whole or of this server alone; the last part is the id.
        var ids = value[Final.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(url => url.TrimEnd('/').Split('/')[^1]).ToList();
        if (ids.Count is 0 or > MostPieces)
            throw Refuse($"{Header} names 1 to {MostPieces} uploads.");
        var pieces = new List<StoredFile>(ids.Count);
        foreach (var id in ids)
            pieces.Add(await FindPieceAsync(id, owner, uploads, cancellationToken));

        var file = await uploads.CreateAsync(owner, name, pieces.Sum(p => p.Received), resumable: false, value, cancellationToken);
        try
        {
            await using var content = new JoinedStream([.. pieces.Select(p => uploads.PathOf(p) ?? throw Absent(p.Id))]);
            file = await uploads.AppendAsync(file.Id, owner, 0, content, isRest: false, cancellationToken);
            if (!file.IsComplete)
                throw Absent(file.Id);
        }
        catch
        {
            await uploads.BreakAsync(file.Id, UploadException.Broken());
            throw;
        }

        foreach (var id in ids.Distinct())
            await uploads.BreakAsync(id, UploadException.Broken());
        return file;
    }

    private static async Task<StoredFile> FindPieceAsync(string id, string owner, UploadService uploads, CancellationToken cancellationToken) =>
        await uploads.FindAsync(id, owner, cancellationToken) switch
        {
            null => throw Absent(id),
            { Concatenation: not Partial } => throw Refuse($"The upload {id} did not begin with {Header}: {Partial}."),
            { IsComplete: false } => throw new RefusedException(
                StatusCodes.Status409Conflict, UploadException.Incomplete, $"The upload {id} is not whole yet.", Header),
            var piece => piece,
        };

    private static RefusedException Absent(string id) =>
        new(StatusCodes.Status404NotFound, UploadException.NotFound, $"There is no upload {id}.", Header);

    private static RefusedException Refuse(string detail) => new(StatusCodes.Status400BadRequest, "invalid_header", detail, Header);
}
