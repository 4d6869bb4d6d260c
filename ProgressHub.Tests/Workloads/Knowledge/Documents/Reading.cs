using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

/// <summary>Reads bytes as a worker reads a file.</summary>
internal static class Reading
{
    public static IReadOnlyList<ReadItem> Of(string name, byte[] bytes) => With(name, bytes).Items;

    public static (IReadOnlyList<ReadItem> Items, ReadNotes Notes) With(string name, byte[] bytes)
    {
        var assembly = new DocumentAssembly();
        using var file = new MemoryStream(bytes);
        var notes = DocumentReader.Read(name, file, assembly.Add);
        return (assembly.Items, notes);
    }

    public static SourceDocument One(string name, byte[] bytes)
    {
        var item = Assert.Single(Of(name, bytes));
        Assert.True(item.Document is not null, item.Fault?.ToString());
        return item.Document;
    }
}
