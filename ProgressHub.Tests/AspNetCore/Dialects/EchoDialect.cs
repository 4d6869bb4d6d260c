using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.AspNetCore.Dialects;

/// <summary>A dialect that says three things of every event, and that refuses when asked to.</summary>
internal sealed class EchoDialect : IDialect
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public string Name => "Echo";

    public string Description => "Says what it hears.";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/echo/{id}", (JobId id, HttpContext context, DialectStreams streams) =>
            streams.RunAsync(context, new DialectStreamOptions(id, "scripted") { Start = 0 }, new EchoProjection()));
        routes.MapGet("/echo/{id}/now", (JobId id, HttpContext context, DialectStreams streams) =>
            streams.RunAsync(context, new DialectStreamOptions(id, "scripted"), new EchoProjection()));
        routes.MapGet("/echo/{id}/again", (JobId id, HttpContext context, DialectStreams streams) =>
            streams.RunAsync(context, new DialectStreamOptions(id, "scripted") { Start = 0, Repeat = Every }, new EchoProjection()));
        routes.MapGet("/echo/{id}/foreign", (JobId id, HttpContext context, DialectStreams streams) =>
            streams.RunAsync(context, new DialectStreamOptions(id, "other"), new EchoProjection()));
        routes.MapGet("/echo/shaped/{id}", (JobId id, HttpContext context, DialectStreams streams) =>
            streams.RunAsync(context, new DialectStreamOptions(id, "other"), new EchoProjection())).WithMetadata(new EchoShape());
        routes.MapPost("/echo/shaped", static IResult () =>
            throw new RefusedException(StatusCodes.Status400BadRequest, "too_loud", "Say it again, \"quietly\".")).WithMetadata(new EchoShape());
    }

    private sealed class EchoShape : IProblemShape
    {
        public byte[] Serialize(Problem problem) => Encoding.UTF8.GetBytes($$"""{"oops":"{{problem.Code}}"}""");
    }
}

/// <summary>Says of each event that it was, that it is told, and that it is over.</summary>
internal sealed class EchoProjection : IProjection
{
    public IEnumerable<DialectMessage> Open(JobSnapshot snapshot) => [Say($$"""{"open":{{snapshot.Seq}}}""", "opened")];

    public IEnumerable<DialectMessage> Tell(JobMoment moment) =>
        [.. Enumerable.Range(1, 3).Select(part => Say($$"""{"seq":{{moment.Event.Seq}},"part":{{part}},"type":"{{moment.Event.Type}}","before":{{moment.Before.Seq}},"result":{{(moment.Result is null ? "false" : "true")}}}"""))];

    public DialectMessage Silence(StreamMoment moment) => Say("""{"alive":true}""");

    public DialectMessage? Repeat(StreamMoment moment) => Say($$"""{"again":{{moment.Snapshot.Seq}}}""");

    private static DialectMessage Say(string json, string? name = null) => new(Encoding.UTF8.GetBytes(json), name);
}
