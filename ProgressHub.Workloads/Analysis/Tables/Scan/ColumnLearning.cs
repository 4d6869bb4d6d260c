using ProgressHub.Workloads.Analysis.Tables.Columns;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>
/// Learns what columns hold while the reader reads on, and several at once where there are processors for it. Each column sees
/// its cells in the order of the file, so what is learned does not depend on how many there are. At most two batches are in memory.
/// </summary>
/// <param name="width">How many columns there are.</param>
/// <param name="processors">How many may be busy, the reader's among them.</param>
internal sealed class ColumnLearning(int width, int processors)
{
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = Math.Max(1, processors - 1) };
    private readonly ColumnFacts[] _facts = [.. Enumerable.Range(0, width).Select(_ => new ColumnFacts())];
    private CellBatch _filling = new(width);
    private CellBatch _learned = new(width);
    private Task _learning = Task.CompletedTask;

    /// <summary>Takes the row that was read last.</summary>
    /// <param name="row">The row.</param>
    /// <param name="left">A cell that counts for nothing; -1 where all count.</param>
    public void Add(DataRows row, int left)
    {
        _filling.Add(row, left);
        if (_filling.IsFull)
            Hand();
    }

    /// <summary>Takes a row that was held back.</summary>
    public void Add(string[] row)
    {
        _filling.Add(row);
        if (_filling.IsFull)
            Hand();
    }

    /// <summary>What was learned of all rows.</summary>
    public ColumnFacts[] Complete()
    {
        Hand();
        _learning.GetAwaiter().GetResult();
        return _facts;
    }

    private void Hand()
    {
        _learning.GetAwaiter().GetResult();
        (_filling, _learned) = (_learned, _filling);
        _filling.Clear();
        var batch = _learned;
        _learning = Task.Run(() => Learn(batch));
    }

    private void Learn(CellBatch batch)
    {
        // One that learns keeps up with the reader; to share the columns out costs more than it saves where there is one alone.
        if (_parallel.MaxDegreeOfParallelism > 1)
        {
            Parallel.For(0, _facts.Length, _parallel, column => Learn(batch, column));
            return;
        }

        for (var column = 0; column < _facts.Length; column++)
            Learn(batch, column);
    }

    private void Learn(CellBatch batch, int column)
    {
        var facts = _facts[column];
        for (var row = 0; row < batch.Rows; row++)
            facts.Add(batch[row, column]);
    }
}
