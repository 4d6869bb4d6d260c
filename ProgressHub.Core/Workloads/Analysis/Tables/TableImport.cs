using System.Text;

namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>Reads a file of delimited text into a database of its own: once to learn its types, once to write its rows.</summary>
/// <param name="Id">What the table is called: the hash of the file.</param>
/// <param name="Name">What the file is called.</param>
/// <param name="Path">The file.</param>
internal sealed record TableImport(string Id, string Name, string Path)
{
    /// <summary>How many columns a table may have.</summary>
    public const int MaxColumns = 500;

    private const int RowsBetweenReports = 2000;

    // The first reading makes no rows and is quicker.
    private const double LearningShare = 0.4;

    /// <summary>Writes the table to a file that is not there yet.</summary>
    /// <param name="target">The database file.</param>
    /// <param name="progress">Hears the share that is done, 0..1, and how many rows that is.</param>
    /// <param name="cancellationToken">Ends it; what is written is of no use then.</param>
    /// <exception cref="WorkloadException"><c>not_a_table</c>, <c>invalid_csv</c>, <c>empty_table</c> or <c>too_many_columns</c>.</exception>
    public TableProfile WriteTo(string target, Action<double, long> progress, CancellationToken cancellationToken)
    {
        using var file = File.OpenRead(Path);
        if (file.Length == 0)
            throw Empty();
        var source = TextSource.Of(file, cancellationToken);
        var shape = TableShape.Of(Text(file, source.Encoding));
        List<string?> warnings = [source.Warning];
        if (!shape.HasHeader)
            warnings.Add("The first row does not look like names, so columns are called column_1, column_2, ….");

        var checks = new RowChecks();
        var formats = Learn(file, source.Encoding, shape, checks, progress, cancellationToken);
        warnings.Add(checks.Warning(formats.Count));
        warnings.AddRange(formats.Select(f => f.Warning));

        using var writer = new TableWriter(target, formats);
        var reader = new DelimitedReader(Text(file, source.Encoding), shape.Delimiter);
        if (shape.HasHeader)
            reader.Read();
        while (reader.Read())
        {
            writer.Add(reader.Fields);
            if (writer.Rows % RowsBetweenReports != 0)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress(LearningShare + ((1 - LearningShare) * file.Position / file.Length), writer.Rows);
        }

        var columns = writer.Complete();
        progress(1, writer.Rows);
        return new TableProfile(Id, Name, writer.Rows, file.Length, columns, [.. warnings.OfType<string>()]);
    }

    private static IReadOnlyList<ColumnFormat> Learn(
        FileStream file, Encoding encoding, TableShape shape, RowChecks checks, Action<double, long> progress,
        CancellationToken cancellationToken)
    {
        var reader = new DelimitedReader(Text(file, encoding), shape.Delimiter);
        if (!reader.Read())
            throw Empty();
        if (reader.Fields.Count > MaxColumns)
            throw new WorkloadException("too_many_columns", $"The table has {reader.Fields.Count} columns; at most {MaxColumns} are taken.");
        var names = ColumnNames.Of(shape.HasHeader ? reader.Fields : [.. reader.Fields.Select(_ => "")]);
        var guesses = names.Select(name => new ColumnGuess(name)).ToArray();
        var rows = 0L;
        for (var more = !shape.HasHeader || reader.Read(); more; more = reader.Read())
        {
            checks.Add(reader.Fields, guesses.Length, reader.Line);
            for (var i = 0; i < guesses.Length && i < reader.Fields.Count; i++)
                guesses[i].Add(reader.Fields[i]);
            if (++rows % RowsBetweenReports != 0)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress(LearningShare * file.Position / file.Length, 0);
        }

        return rows > 0 ? [.. guesses.Select(g => g.Format(commas: shape.Delimiter == ';'))] : throw Empty();
    }

    private static StreamReader Text(FileStream file, Encoding encoding)
    {
        file.Position = 0;
        return new StreamReader(file, encoding, detectEncodingFromByteOrderMarks: true, bufferSize: 64 * 1024, leaveOpen: true);
    }

    private static WorkloadException Empty() => new("empty_table", "The table has no rows.");
}
