namespace ProgressHub.Client.Http;

/// <summary>Ends what it guards with its caller, or when nothing was heard for too long.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;
    private readonly CancellationToken _caller;

    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        _caller = caller;
        _late = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, caller);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Something was heard: wait again.</summary>
    public void Extend(TimeSpan limit) => _late.CancelAfter(limit);

    /// <summary>What a failure below means to the caller; null where it is the caller's own wish or told already.</summary>
    public ProgressHubException? Explain(Exception failure) => failure switch
    {
        _ when _caller.IsCancellationRequested => null,
        OperationCanceledException when _late.IsCancellationRequested =>
            new ProgressHubException("timeout", "The server did not answer in time.", failure),
        HttpRequestException or IOException => new ProgressHubException("unreachable", "The server could not be reached.", failure),
        _ => null,
    };

    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
