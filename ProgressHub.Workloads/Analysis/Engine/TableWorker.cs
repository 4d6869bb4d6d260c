using System.Text.Json;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>The worker that reads files into tables and runs queries over them, with DuckDB.</summary>
internal sealed class TableWorker : IWorkerHandler
{
    public const string Kind = "duckdb";
    public const string Import = "import";
    public const string Query = "query";
    public const string Check = "check";

    private readonly KeptTable _table = new(TimeProvider.System);

    public JsonElement Handle(string operation, JsonElement input, Action<JsonElement> progress)
    {
        switch (operation)
        {
            case Import:
                var request = input.Deserialize(EngineJson.Default.ImportRequest)!;
                var profile = new TableImport(request, TimeProvider.System).Run(
                    at => progress(JsonSerializer.SerializeToElement(at, EngineJson.Default.ImportProgress)));
                return JsonSerializer.SerializeToElement(profile, EngineJson.Default.TableProfile);
            case Query or Check:
                var query = input.Deserialize(EngineJson.Default.QueryRequest)!;
                var reply = _table.Ask(query, onlyCheck: operation == Check);
                return JsonSerializer.SerializeToElement(reply, EngineJson.Default.QueryReply);
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");
        }
    }

    public void Dispose() => _table.Dispose();
}
