using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A Qdrant on a loopback port, in memory: the part of its documented REST API that is used, with its errors. Its official
/// JavaScript client checks it (Clients/qdrant.test.mjs), so that it stands in for the real one.
/// </summary>
internal sealed class QdrantServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, QdrantStand> _collections = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<int> _faults = new();

    private QdrantServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Asked for in <c>api-key</c>, where it is set.</summary>
    public string? Key { get; set; }

    /// <summary>What was asked, such as <c>PUT /collections/a</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<QdrantServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new QdrantServer(app);
        app.Use(server.GuardAsync);
        app.MapGet("/healthz", () => "healthz check passed");
        app.MapGet("/collections", () => Success(new JsonObject
        {
            ["collections"] = new JsonArray([.. server._collections.Keys.Order().Select(name => new JsonObject { ["name"] = name })]),
        }));
        app.MapGet("/collections/{name}/exists", (string name) =>
            Success(new JsonObject { ["exists"] = server._collections.ContainsKey(name) }));
        app.MapPut("/collections/{name}", server.Create);
        app.MapDelete("/collections/{name}", (string name) => Success(server._collections.TryRemove(name, out _)));
        app.MapPut("/collections/{name}/index", (string name, JsonObject body) => server.With(name, stand => stand.Index(body)));
        app.MapPut("/collections/{name}/points", (string name, JsonObject body) => server.With(name, stand => stand.Upsert(body)));
        app.MapPost("/collections/{name}/points/query", (string name, JsonObject body) => server.With(name, stand => stand.Query(body)));
        app.MapPost("/collections/{name}/points/delete", (string name, JsonObject body) => server.With(name, stand => stand.Delete(body)));
        app.MapPost("/collections/{name}/points/count", (string name, JsonObject body) => server.With(name, stand => stand.Count(body)));
        app.MapPost("/collections/{name}/points/scroll", (string name, JsonObject body) => server.With(name, stand => stand.Scroll(body)));
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>Answers the next requests with these statuses.</summary>
    public void Fail(params int[] statuses)
    {
        foreach (var status in statuses)
            _faults.Enqueue(status);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (Key is not null && context.Request.Headers["api-key"] != Key && context.Request.Path != "/healthz")
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync("Must provide an API key or an Authorization bearer token");
        }
        else if (_faults.TryDequeue(out var status))
        {
            if (status == 429)
                context.Response.Headers.RetryAfter = "1";
            await Error(status, $"scripted {status}").ExecuteAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    private IResult Create(string name, JsonObject body)
    {
        if (body["vectors"] is not JsonObject vectors || vectors["size"] is null || (string?)vectors["distance"] != "Cosine")
            return Error(422, "Validation error in JSON body");
        return _collections.TryAdd(name, new QdrantStand((int)vectors["size"]!))
            ? Success(true)
            : Error(409, $"Wrong input: Collection `{name}` already exists!");
    }

    private IResult With(string name, Func<QdrantStand, JsonNode> use)
    {
        if (!_collections.TryGetValue(name, out var stand))
            return Error(404, $"Not found: Collection `{name}` doesn't exist!");
        try
        {
            lock (stand)
                return Success(use(stand));
        }
        catch (FormatException wrong)
        {
            return Error(400, $"Wrong input: {wrong.Message}");
        }
    }

    private static IResult Success(JsonNode? result) => Results.Content(
        new JsonObject { ["result"] = result, ["status"] = "ok", ["time"] = 0.0001 }.ToJsonString(), "application/json");

    private static IResult Error(int status, string message) => Results.Content(
        new JsonObject { ["status"] = new JsonObject { ["error"] = message }, ["time"] = 0.0 }.ToJsonString(),
        "application/json", statusCode: status);
}

/// <summary>One collection of it.</summary>
internal sealed class QdrantStand(int size)
{
    private readonly SortedDictionary<long, (float[] Vector, JsonObject? Payload)> _points = [];
    private long _operations;

    public JsonNode Index(JsonObject body) =>
        body["field_name"] is null ? throw new FormatException("field_name is missing") : Done();

    public JsonNode Upsert(JsonObject body)
    {
        foreach (var point in body["points"]!.AsArray())
        {
            var vector = Vector(point!["vector"]!);
            _points[(long)point["id"]!] = (vector, point["payload"]?.DeepClone().AsObject());
        }

        return Done();
    }

    public JsonNode Delete(JsonObject body)
    {
        var ids = body["points"] is JsonArray points ? points.Select(p => (long)p!).ToList() : [.. Matching(body).Select(p => p.Key)];
        foreach (var id in ids)
            _points.Remove(id);
        return Done();
    }

    public JsonNode Count(JsonObject body) => new JsonObject { ["count"] = Matching(body).Count() };

    public JsonNode Query(JsonObject body)
    {
        var query = Vector(body["query"]!);
        var least = (double?)body["score_threshold"] ?? double.NegativeInfinity;
        var hits = Matching(body)
            .Select(p => (p.Key, Score: p.Value.Vector.Zip(query, (a, b) => (double)a * b).Sum(), p.Value.Payload))
            .Where(h => h.Score >= least).OrderByDescending(h => h.Score).ThenBy(h => h.Key).Take((int?)body["limit"] ?? 10);
        return new JsonObject
        {
            ["points"] = new JsonArray([.. hits.Select(h => Shown(h.Key, h.Payload, body, new JsonObject { ["version"] = 1, ["score"] = h.Score }))]),
        };
    }

    public JsonNode Scroll(JsonObject body)
    {
        var limit = (int?)body["limit"] ?? 10;
        var from = (long?)body["offset"] ?? 0;
        var page = Matching(body).Where(p => p.Key >= from).Take(limit + 1).ToList();
        return new JsonObject
        {
            ["points"] = new JsonArray([.. page.Take(limit).Select(p => Shown(p.Key, p.Value.Payload, body, []))]),
            ["next_page_offset"] = page.Count > limit ? page[limit].Key : null,
        };
    }

    private static JsonObject Shown(long id, JsonObject? payload, JsonObject body, JsonObject rest)
    {
        rest["id"] = id;
        if ((bool?)body["with_payload"] == true)
            rest["payload"] = payload?.DeepClone();
        return rest;
    }

    private IEnumerable<KeyValuePair<long, (float[] Vector, JsonObject? Payload)>> Matching(JsonObject body)
    {
        var must = body["filter"]?["must"]?.AsArray() ?? [];
        return _points.Where(p => must.All(condition => condition!["has_id"] is JsonArray ids
            ? ids.Any(id => (long)id! == p.Key)
            : (string?)p.Value.Payload?[(string)condition["key"]!] == (string?)condition["match"]!["value"]));
    }

    /// <summary>Cosine: vectors are brought to length 1, as the real one does.</summary>
    private float[] Vector(JsonNode json)
    {
        var vector = json.AsArray().Select(v => (float)v!).ToArray();
        if (vector.Length != size)
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Vector dimension error: expected dim: {size}, got {vector.Length}"));
        var norm = MathF.Sqrt(vector.Sum(v => v * v));
        return norm > 0 ? [.. vector.Select(v => v / norm)] : vector;
    }

    private JsonObject Done() => new() { ["operation_id"] = _operations++, ["status"] = "completed" };
}
