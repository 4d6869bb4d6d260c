using ProgressHub.AspNetCore.Http;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>
/// Where a watcher of a session is: how far in which of its jobs, as far as they or an older one have not ended. Its text is
/// the id of the last event, followed, where several jobs are under way at once, by the places in the others.
/// </summary>
internal sealed class SessionCursor
{
    private const int MostTold = 16;
    private readonly List<Place> _places = [];

    /// <summary>Whether nothing was followed yet.</summary>
    public bool IsEmpty => _places.Count == 0;

    /// <summary>The jobs that are followed, as they were submitted.</summary>
    public IReadOnlyList<JobId> Jobs => [.. _places.Select(p => p.Job)];

    /// <summary>Reads one, in no order; what can't be read is none.</summary>
    public static IReadOnlyDictionary<JobId, long> Parse(string? text)
    {
        var places = new Dictionary<JobId, long>();
        foreach (var part in (text ?? "").Split('.', MostTold + 1).Take(MostTold))
        {
            if (part.Split('-') is [var id, var number] && JobId.TryParse(id, null, out var job) && Parameters.ParseCursor(number) is { } seq)
                places[job] = seq;
        }

        return places;
    }

    /// <summary>Whether a job is followed.</summary>
    public bool Has(JobId job) => _places.Exists(p => p.Job == job);

    /// <summary>How far a job was followed; null where it is not.</summary>
    public long? Of(JobId job) => _places.Find(p => p.Job == job)?.Seq;

    /// <summary>Follows a job that was submitted after all the others.</summary>
    public void Add(JobId job, long seq, bool hasEnded = false) => _places.Add(new Place(job) { Seq = seq, HasEnded = hasEnded });

    /// <summary>Takes note of an event; false where the job is not followed, or it was seen before.</summary>
    public bool Advance(JobId job, long seq, bool isEnd)
    {
        if (_places.Find(p => p.Job == job) is not { } place || seq <= place.Seq)
            return false;
        (place.Seq, place.HasEnded) = (seq, isEnd);

        // What has ended is needed as long as an older one goes on: else it would be taken for one that came after that.
        while (_places.Count > 1 && _places[0].HasEnded && _places[0] != place)
            _places.RemoveAt(0);
        return true;
    }

    /// <summary>The text, right after an event of this job.</summary>
    public string After(JobId job) => string.Join('.', _places.Where(p => p.Job == job)
        .Concat(_places.Where(p => p.Job != job).TakeLast(MostTold - 1))
        .Select(p => SessionLogProjection.IdOf(p.Job, p.Seq)));

    private sealed record Place(JobId Job)
    {
        public long Seq { get; set; }

        public bool HasEnded { get; set; }
    }
}
