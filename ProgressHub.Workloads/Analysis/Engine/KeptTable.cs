using DuckDB.NET.Data;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>
/// Answers queries, and keeps open the table that was asked last: opening one costs more than most queries do. It is closed when
/// another one is asked, when its file is not the same any more, when a query was not answered (whatever state that leaves), and
/// when nobody asks for a while: a removed file takes room on the disk as long as it is open.
/// </summary>
internal sealed class KeptTable : IDisposable
{
    /// <summary>How long a table is kept open that nobody asks.</summary>
    public static readonly TimeSpan IdleLifetime = TimeSpan.FromSeconds(30);

    private readonly ITimer _idle;
    private readonly Lock _lock = new();
    private OpenTable? _table;

    public KeptTable(TimeProvider time) =>
        _idle = time.CreateTimer(_ => Close(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>How often a table was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>Whether one is open.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _table is not null;
        }
    }

    /// <summary>Runs a query, or only checks it.</summary>
    /// <exception cref="WorkloadException">As <see cref="QueryRunner.Run"/> says, and <c>table_unavailable</c>.</exception>
    public QueryReply Ask(QueryRequest request, bool onlyCheck)
    {
        lock (_lock)
        {
            _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            var isSound = false;
            try
            {
                using var connection = Connect(request.Path);
                var reply = new QueryRunner(request, connection).Run(onlyCheck);
                isSound = reply.Refusal is null;
                return reply;
            }
            finally
            {
                if (isSound)
                    _idle.Change(IdleLifetime, Timeout.InfiniteTimeSpan);
                else
                    Close();
            }
        }
    }

    public void Dispose()
    {
        _idle.Dispose();
        Close();
    }

    private DuckDBConnection Connect(string path)
    {
        if (_table is { } kept && (kept.Path != path || !kept.IsCurrent))
            Close();
        try
        {
            if (_table is null)
            {
                _table = new OpenTable(path);
                Openings++;
            }

            return _table.Connect();
        }
        catch (Exception exception) when (exception is DuckDBException or IOException or UnauthorizedAccessException)
        {
            throw new WorkloadException("table_unavailable", "The table can't be opened now.", exception) { IsTransient = true };
        }
    }

    private void Close()
    {
        lock (_lock)
        {
            _table?.Dispose();
            _table = null;
        }
    }
}
