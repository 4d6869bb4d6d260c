using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Notes when sessions and keys were last used: to a minute, for a write each time would be one a request.</summary>
internal sealed class LastUses(AccountDatabase database, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    /// <summary>A session is used.</summary>
    public Task SeeAsync(SignInSession? session) => session is not null && IsDue(session.SeenAt)
        ? NoteAsync(database.Sessions.SeeAsync(session.Id, time.GetUtcNow(), CancellationToken.None))
        : Task.CompletedTask;

    /// <summary>A key is used.</summary>
    public Task UseAsync(ApiKey? key) => key is not null && IsDue(key.UsedAt)
        ? NoteAsync(database.Keys.UseAsync(key.Id, time.GetUtcNow(), CancellationToken.None))
        : Task.CompletedTask;

    private bool IsDue(DateTimeOffset? last) => last is not { } at || time.GetUtcNow() - at >= Step;

    private static async Task NoteAsync(Task writing)
    {
        try
        {
            await writing;
        }
        catch (StorageUnavailableException)
        {
            // A disk that can't be written keeps nobody out.
        }
    }
}
