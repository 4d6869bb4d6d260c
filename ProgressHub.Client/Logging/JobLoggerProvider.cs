using Microsoft.Extensions.Logging;
using ProgressHub.Client.Jobs;
using ProgressHub.Client.Reporting;

namespace ProgressHub.Client.Logging;

/// <summary>
/// Sends what is logged inside <c>using (logger.BeginScope(job))</c> to that job's log, on whatever logger of the
/// program. The innermost job of several gets it. The client's own lines are left out, as they would breed more.
/// </summary>
[ProviderAlias("ProgressHub")]
public sealed class JobLoggerProvider : ILoggerProvider, ISupportExternalScope
{
    private const string Own = "ProgressHub.Client";

    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) =>
        new JobLogger(this, isOwn: categoryName.StartsWith(Own, StringComparison.Ordinal));

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The jobs are their callers'.
    }

    private ReportedJob? Job()
    {
        ReportedJob?[] found = [null];
        _scopes.ForEachScope(static (scope, found) => found[0] = scope as ReportedJob ?? found[0], found);
        return found[0];
    }

    private sealed class JobLogger(JobLoggerProvider provider, bool isOwn) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => provider._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None && !isOwn;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel) || provider.Job() is not { } job)
                return;
            var message = formatter(state, exception);
            if (exception is not null)
                message = $"{message}: {exception.GetType().Name}: {exception.Message}";
            job.Log(message, logLevel switch
            {
                LogLevel.Warning => JobLogLevel.Warning,
                LogLevel.Error or LogLevel.Critical => JobLogLevel.Error,
                _ => JobLogLevel.Info,
            });
        }
    }
}
