using System.Text;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Tables that a class of tests writes down itself, read once for all of its tests.</summary>
public abstract class WrittenTables : IDisposable
{
    private readonly Dictionary<string, TableFile> _tables;

    /// <param name="texts">The tables as CSV, by the name of the file.</param>
    protected WrittenTables(Dictionary<string, string> texts) =>
        _tables = texts.ToDictionary(t => t.Key, t => new TableFile(Encoding.UTF8.GetBytes(t.Value), null, t.Key));

    public void Dispose()
    {
        foreach (var table in _tables.Values)
            table.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What is known of a table, and what runs a query over it.</summary>
    internal (TableProfile Profile, Func<string, QueryResult> Run) Of(string name) => (_tables[name].Profile, _tables[name].Run);

    /// <summary>Asks a question, and wants the right answer.</summary>
    internal void AssertRight(string table, string question, string gold)
    {
        var (profile, run) = Of(table);

        var (verdict, note) = new AskedQuestion(table, question, gold).Ask(profile, run);

        Assert.True(verdict == AskedQuestion.Verdict.Right, $"{verdict}: {note}");
    }
}
