using System.Data.Common;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// The queue where owners may have so many jobs under way: the first of all that may begin, as if the jobs of whoever has no
/// room were not there. It keeps its order among all others, so nobody who has room waits for who has none.
/// </summary>
/// <param name="waiting">Reads on in what stands where it was submitted.</param>
/// <param name="moved">Reads on in what was moved.</param>
internal sealed class BoundedQueue(SqlStatement waiting, SqlStatement moved)
{
    // What is read at once of each kind; owners who fill up meanwhile are left out of what is read next.
    private const int Page = 64;

    /// <summary>The jobs that may begin, in their order; their owners' places are taken.</summary>
    public List<(long Ord, Job Job)> First(
        SqlSession session, IReadOnlyDictionary<string, int> freeSlots, int limit, DateTimeOffset now, OwnerRoom owners)
    {
        Lane[] lanes =
        [
            .. freeSlots.Where(free => free.Value > 0).SelectMany(free => new[]
            {
                new Lane(session, moved, free.Key, now, owners), new Lane(session, waiting, free.Key, now, owners),
            }),
        ];
        var left = freeSlots.ToDictionary();
        List<(long Ord, Job Job)> chosen = [];
        while (chosen.Count < limit && Earliest(lanes, left) is { } lane)
        {
            var row = lane.Take();
            if (!owners.TryTake(row.Job.Owner))
                continue;
            left[row.Job.Kind]--;
            chosen.Add(row);
        }

        return chosen;
    }

    /// <summary>A row with its place in the queue.</summary>
    public static (double Place, (long Ord, Job Job) Row) ReadPlace(DbDataReader reader) =>
        (reader.GetDouble(reader.FieldCount - 1), JobRow.Read(reader));

    private static Lane? Earliest(Lane[] lanes, Dictionary<string, int> left) => lanes
        .Where(lane => left[lane.Kind] > 0 && lane.Place is not null).MinBy(lane => lane.Place);

    /// <summary>The rows of one statement, read a page at a time.</summary>
    private sealed class Lane(SqlSession session, SqlStatement statement, string kind, DateTimeOffset now, OwnerRoom owners)
    {
        private readonly Queue<(double Place, (long Ord, Job Job) Row)> _rows = [];
        private double _after = double.MinValue;
        private bool _isOver;

        public string Kind => kind;

        public double? Place
        {
            get
            {
                if (_rows.Count == 0 && !_isOver)
                    Read();
                return _rows.TryPeek(out var first) ? first.Place : null;
            }
        }

        public (long Ord, Job Job) Take() => _rows.Dequeue().Row;

        private void Read()
        {
            foreach (var row in session.Query(statement, ReadPlace, kind, Moment.ToStored(now), _after, owners.Full, Page))
            {
                _rows.Enqueue(row);
                _after = row.Place;
            }

            _isOver = _rows.Count < Page;
        }
    }
}
