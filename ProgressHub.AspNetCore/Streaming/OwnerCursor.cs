using ProgressHub.AspNetCore.Http;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// Where a watcher of all of an owner's jobs is: <c>epoch-position-endings</c>. The position counts for one run of the
/// server and is missing while states are being sent, from which nobody can go on; the endings count for ever.
/// </summary>
/// <param name="Position">Where to go on in this run of the server; null where that can't be.</param>
/// <param name="Endings">Which ends were shown; null for somebody who comes for the first time.</param>
internal readonly record struct OwnerCursor(long? Position, EndingsSeen? Endings)
{
    /// <summary>Reads one; what can't be read is none.</summary>
    public static OwnerCursor Parse(string? text, string epoch)
    {
        if (text?.Split('-') is not [var ofRun, var position, var endings] || EndingsSeen.Parse(endings) is not { } seen)
            return default;
        return new OwnerCursor(ofRun == epoch ? Parameters.ParseCursor(position) : null, seen);
    }

    /// <summary>The text of one.</summary>
    public static string Format(string epoch, long? position, EndingsSeen endings) => $"{epoch}-{position}-{endings}";
}
