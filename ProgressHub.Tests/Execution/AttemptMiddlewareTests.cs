using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>Middleware goes round every attempt, in the order of its registration.</summary>
public sealed class AttemptMiddlewareTests
{
    private static readonly LambdaWorkload Work = new("work", async context =>
    {
        await context.PartialAsync(new PartialResult(0, 1) { Text = "x" });
        return new WorkloadOutcome(LambdaWorkload.Text("inner"));
    });

    [Fact]
    public async Task The_first_registered_is_the_outermost()
    {
        var told = new ConcurrentQueue<string>();
        await using var engine = await EngineHost.StartAsync(
            _ => { },
            services => services
                .AddSingleton<IAttemptMiddleware>(new Around((a, next) => TellAsync("first", a, next)))
                .AddSingleton<IAttemptMiddleware>(new Around((a, next) => TellAsync("second", a, next))),
            Work);

        await engine.RunAsync("work");

        Assert.Equal(["first work 1", "second work 1", "second ends", "first ends"], told);

        async Task<WorkloadOutcome> TellAsync(string name, AttemptInfo attempt, Func<Task<WorkloadOutcome>> next)
        {
            told.Enqueue($"{name} {attempt.Workload.Kind} {attempt.Context.Attempt}");
            var outcome = await next();
            told.Enqueue($"{name} ends");
            return outcome;
        }
    }

    [Fact]
    public async Task It_may_refuse_an_attempt_under_a_code_of_its_own()
    {
        await using var engine = await EngineHost.StartAsync(
            _ => { },
            services => services.AddSingleton<IAttemptMiddleware>(
                new Around((_, _) => throw new WorkloadException("not_today", "Come back tomorrow."))),
            Work);

        var events = await engine.RunAsync("work");

        Assert.Equal("not_today", Assert.IsType<DoneEvent>(events[^1]).Error?.Code);
        Assert.Empty(events.OfType<PartialEvent>());
    }

    [Fact]
    public async Task It_may_replace_the_outcome()
    {
        await using var engine = await EngineHost.StartAsync(
            _ => { },
            services => services.AddSingleton<IAttemptMiddleware>(new Around(async (_, next) =>
            {
                await next();
                return new WorkloadOutcome(LambdaWorkload.Text("outer"));
            })),
            Work);

        var events = await engine.RunAsync("work");
        var result = await engine.Jobs.ReadResultAsync(events[0].JobId, EngineHost.Owner, false, CancellationToken.None);

        Assert.Equal("outer", System.Text.Encoding.UTF8.GetString(result!.Body.Span));
    }

    [Fact]
    public async Task What_a_handler_logs_says_whose_it_is()
    {
        var logs = new ScopedLogs();
        ILogger? logger = null;
        var job = default(JobId);
        await using var engine = await EngineHost.StartAsync(
            _ => { },
            services => services.AddLogging(logging => logging.AddProvider(logs)),
            new LambdaWorkload("work", Task (context) =>
            {
                job = context.JobId;
#pragma warning disable CA1848, CA2254 // One line, once.
                logger!.LogInformation("working");
#pragma warning restore CA1848, CA2254
                return Task.CompletedTask;
            }));
        logger = engine.Get<ILoggerFactory>().CreateLogger("Mine");

        await engine.RunAsync("work");

        var scope = Assert.Single(logs.ScopesOf("working"));
        Assert.Equal((job.ToString(), "work", 1), (scope["JobId"], scope["Kind"], scope["Attempt"]));
    }

    private sealed class Around(Func<AttemptInfo, Func<Task<WorkloadOutcome>>, Task<WorkloadOutcome>> around) : IAttemptMiddleware
    {
        public Task<WorkloadOutcome> InvokeAsync(AttemptInfo attempt, Func<Task<WorkloadOutcome>> next) => around(attempt, next);
    }

    /// <summary>Keeps each line with the scopes it stood in.</summary>
    private sealed class ScopedLogs : ILoggerProvider, ISupportExternalScope, ILogger
    {
        private readonly ConcurrentQueue<(string Line, List<IReadOnlyDictionary<string, object>> Scopes)> _lines = new();
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public IEnumerable<IReadOnlyDictionary<string, object>> ScopesOf(string line) =>
            _lines.Where(l => l.Line == line).SelectMany(l => l.Scopes);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public ILogger CreateLogger(string categoryName) => this;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<IReadOnlyDictionary<string, object>>();
            _scopes.ForEachScope(
                (scope, all) =>
                {
                    if (scope is IReadOnlyDictionary<string, object> values)
                        all.Add(values);
                },
                scopes);
            _lines.Enqueue((formatter(state, exception), scopes));
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => _scopes.Push(state);

        public void Dispose()
        {
        }
    }
}
