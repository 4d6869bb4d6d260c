using System.Globalization;
using System.Security.Cryptography;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis;

/// <summary>What a job is about: its session, and the table, which is read where nobody has yet. The first step of every mode.</summary>
internal sealed class AskedTable(WorkloadContext context, AnalysisServices services, AnalysisInput request, StepLog log)
{
    private const int Step = 1;
    private const int BufferBytes = 1 << 20;
    private string? _file;

    /// <summary>The session; null for a question by itself.</summary>
    public SessionRow? Session { get; private set; }

    /// <summary>The hash of the table's file.</summary>
    public string Id { get; private set; } = "";

    /// <summary>What the file is called.</summary>
    public string Name { get; private set; } = "";

    private CancellationToken Canceled => context.CancellationToken;

    /// <summary>Finds the session and the file, and waits for one that is still being sent.</summary>
    public async Task FindAsync()
    {
        if (request.Session is { } id)
        {
            Session = await services.Sessions.FindRowAsync(context.Owner, id, Canceled) ?? throw AnalysisInput.UnknownSession();
            (Id, Name) = (Session.DataId, Session.DataName);
            if (Session.UsedAt == Session.CreatedAt)
                await log.SuccessAsync(Step, "Session created");
            await log.InfoAsync(Step, $"Session \"{Session.Name}\" over {Name}");
            await log.InfoAsync(Step, "Adding message to chat history");
            await services.Sessions.TouchAsync(id, Canceled);
            await log.SuccessAsync(Step, "Message logged");
        }
        else if (request.Sample is { } name && AnalysisSamples.Find(name) is { } sample)
        {
            (Id, Name) = (sample.Hash, $"{sample.Id}.csv");
            await log.InfoAsync(Step, $"Sample table: {sample.Label}");
        }
        else
        {
            await ReceiveAsync(request.File!);
        }
    }

    /// <summary>The table, as it was read before, or read now: a stage of its own.</summary>
    public async Task<TableProfile> ReadAsync()
    {
        await context.BeginAsync(AnalysisStages.Reading);
        Expect(services.Tables.BytesToRead(Id, _file));
        var started = context.Time.GetTimestamp();
        TimeSpan? before = null;
        var table = await services.Tables.OpenAsync(Id, Name, _file, Tell, Canceled);
        context.SetInputSize(table.Rows);
        var columns = string.Join(", ", table.Columns.Take(20).Select(c => $"{c.Name} {c.Type.ToString().ToLowerInvariant()}"));
        await log.InfoAsync(
            Step,
            string.Create(CultureInfo.InvariantCulture, $"Table {table.Name}: {table.Rows:N0} rows of {table.Columns.Count} columns ({columns})"),
            context.Time.GetElapsedTime(started));
        foreach (var warning in table.Warnings)
            await log.WarnAsync(Step, warning);
        return table;

        void Tell(ImportProgress at)
        {
            var elapsed = context.Time.GetElapsedTime(started);
            AnalysisForecast.Tell(context, at, before ??= elapsed, elapsed);
        }
    }

    private async Task ReceiveAsync(string upload)
    {
        var file = await context.ReceiveFileAsync(upload);
        services.Tables.RequireSize(file.Length);
        await log.SuccessAsync(Step, string.Create(
            CultureInfo.InvariantCulture, $"Received {file.Name}, {file.Length / 1024.0:N0} KB"));
        (_file, Name) = (file.Path, file.Name);
        Expect(file.Length);
        Id = await services.Tables.IdOfAsync(await HashAsync(file.Path), request.Reading, Canceled);
    }

    private void Expect(long bytes) => AnalysisForecast.Tell(
        context, request.Mode, Name, bytes, isRules: (request.Engine ?? services.Options.Value.DefaultEngine) == AnalysisWorkload.Rules);

    private async Task<string> HashAsync(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var stream = File.OpenRead(path);
        await using (stream)
        {
            var buffer = new byte[BufferBytes];
            while (await stream.ReadAsync(buffer, Canceled) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                context.Progress.Report(new ProgressUpdate { Fraction = (double)stream.Position / stream.Length });
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
