using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Accounts;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>
/// Every request that is open, whatever goes over it: streams, hubs, long polls, circuits. Where what let it in is taken
/// back, or its time is over, it is cut off, whoever wrote it and whoever reads it.
/// </summary>
internal sealed partial class OpenRequests : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // A request may have been let in by what was known just before the change, and be opened just after it was looked at.
    private const int TicksToLook = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<OpenRequest>> _byGrant = new(StringComparer.Ordinal);
    private readonly AccessCheck _access;
    private readonly AccessChanges _changes;
    private readonly TimeProvider _time;
    private readonly ILogger<OpenRequests> _logger;
    private readonly ITimer _timer;
    private int _looks;
    private int _isLooking;

    public OpenRequests(AccessCheck access, AccessChanges changes, TimeProvider time, ILogger<OpenRequests> logger)
    {
        (_access, _changes, _time, _logger) = (access, changes, time, logger);
        _changes.Changed += OnChanged;
        _timer = time.CreateTimer(static self => ((OpenRequests)self!).OnTick(), this, Tick, Tick);
    }

    /// <summary>Counts a request in, until what is returned is disposed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="grant">What let it in.</param>
    /// <param name="expires">When that ends by itself.</param>
    public OpenRequest Enter(HttpContext context, string grant, DateTimeOffset? expires)
    {
        var request = new OpenRequest(this, context, grant, expires);
        lock (_gate)
        {
            if (!_byGrant.TryGetValue(grant, out var all))
                _byGrant[grant] = all = [];
            all.Add(request);
        }

        return request;
    }

    /// <summary>How many are open by a grant.</summary>
    public int CountOf(string grant)
    {
        lock (_gate)
            return _byGrant.GetValueOrDefault(grant)?.Count ?? 0;
    }

    /// <summary>Counts one out; its own.</summary>
    internal void Exit(OpenRequest request)
    {
        lock (_gate)
        {
            if (_byGrant.TryGetValue(request.Grant, out var all) && all.Remove(request) && all.Count == 0)
                _byGrant.Remove(request.Grant);
        }
    }

    public void Dispose()
    {
        _changes.Changed -= OnChanged;
        _timer.Dispose();
    }

    private void OnChanged()
    {
        Interlocked.Exchange(ref _looks, TicksToLook);
        _ = LookAsync();
    }

    private void OnTick()
    {
        foreach (var over in Where(request => request.IsOver(_time.GetUtcNow())))
            over.End();
        if (Volatile.Read(ref _looks) > 0)
        {
            Interlocked.Decrement(ref _looks);
            _ = LookAsync();
        }
    }

    /// <summary>Looks at each grant once, one look at a time: the next tick looks again.</summary>
    private async Task LookAsync()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 1)
            return;
        try
        {
            string[] grants;
            lock (_gate)
                grants = [.. _byGrant.Keys];
            foreach (var grant in grants)
            {
                if (await _access.OfGrantNowAsync(grant, CancellationToken.None) is not null)
                    continue;
                foreach (var request in Where(request => request.Grant == grant))
                    request.End();
            }
        }
        catch (StorageUnavailableException unavailable)
        {
            // Nobody knows who may still see what; it is asked again until it is known.
            Interlocked.Exchange(ref _looks, TicksToLook);
            LogUnknown(unavailable);
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private OpenRequest[] Where(Func<OpenRequest, bool> isMeant)
    {
        lock (_gate)
            return [.. _byGrant.Values.SelectMany(static all => all).Where(isMeant)];
    }

    [LoggerMessage(LogLevel.Warning, "Whose access was taken back can't be read now; it is tried again.")]
    private partial void LogUnknown(Exception failure);
}

/// <summary>A request that is open, or what goes on after it.</summary>
internal sealed class OpenRequest(OpenRequests all, HttpContext context, string grant, DateTimeOffset? expires) : IHeldAccess, IDisposable
{
    private readonly Lock _gate = new();
    private Action? _cut = context.Abort;
    private bool _isMarked;
    private bool _isHeld;

    /// <summary>What let it in.</summary>
    public string Grant => grant;

    /// <summary>Whether its time is over.</summary>
    public bool IsOver(DateTimeOffset now) => expires <= now;

    /// <summary>
    /// Cuts it off the second time it is asked to, a second later: whoever signs out, or revokes the key that it shows, gets
    /// the answer to that. The server uses a context again for the next request: one that is over is not touched.
    /// </summary>
    public void End()
    {
        lock (_gate)
        {
            if (_isMarked)
                _cut?.Invoke();
            _isMarked = true;
        }
    }

    /// <inheritdoc/>
    public IDisposable Hold(Action cut)
    {
        lock (_gate)
            (_cut, _isHeld) = (cut, true);
        return this;
    }

    /// <summary>The request is over; that is the end of it unless something goes on.</summary>
    public void Leave()
    {
        if (!_isHeld)
            Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
            _cut = null;
        all.Exit(this);
    }
}

/// <summary>Counts requests in and out.</summary>
internal sealed class OpenRequestMiddleware(RequestDelegate next, OpenRequests open)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Grant() is not { } grant)
        {
            await next(context);
            return;
        }

        var request = open.Enter(context, grant, context.User.AccessExpires());
        context.Features.Set<IHeldAccess>(request);
        try
        {
            await next(context);
        }
        finally
        {
            request.Leave();
        }
    }
}
