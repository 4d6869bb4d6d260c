namespace ProgressHub.Core.Jobs;

/// <summary>Keeps schedules. Several nodes may use one; a claim says which of them sees to what is due.</summary>
internal interface IScheduleStore
{
    /// <summary>Keeps a new one; false where the owner has as many as allowed.</summary>
    /// <exception cref="StorageUnavailableException">There is no room, or the store can't take it now.</exception>
    ValueTask<bool> AddAsync(Schedule schedule, int most, CancellationToken cancellationToken);

    /// <summary>One of them with its input, whoever's; null where there is none.</summary>
    ValueTask<Schedule?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Those of an owner without their inputs, in the order in which they were made.</summary>
    ValueTask<IReadOnlyList<Schedule>> ListAsync(string owner, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces what an owner can change, and when it is due; false where it has changed since that version was read, or is gone.
    /// </summary>
    ValueTask<bool> ReplaceAsync(Schedule schedule, CancellationToken cancellationToken);

    /// <summary>Removes it; false where the owner has none of that id.</summary>
    ValueTask<bool> DeleteAsync(string id, string owner, CancellationToken cancellationToken);

    /// <summary>Those that are due and claimed by nobody, without their inputs, the one that is due longest first.</summary>
    ValueTask<IReadOnlyList<Schedule>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Takes one that is due, until a moment; false where somebody else has it, or it is not due then any more.</summary>
    ValueTask<bool> ClaimAsync(string id, DateTimeOffset due, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Writes down what came of it.</summary>
    /// <param name="id">Which.</param>
    /// <param name="run">What came of it.</param>
    /// <param name="advance">When it is due next, instead of when it was; null where that stays as it is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask RecordAsync(string id, ScheduleRun run, ScheduleAdvance? advance, CancellationToken cancellationToken);
}

/// <summary>That a schedule has been seen to. One that was changed meanwhile keeps what it was changed to.</summary>
/// <param name="From">When it was due.</param>
/// <param name="To">When it is due next; null where nothing is left of it.</param>
internal sealed record ScheduleAdvance(DateTimeOffset From, DateTimeOffset? To);
