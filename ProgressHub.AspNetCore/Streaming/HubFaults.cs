using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// Logs what goes wrong in a hub. A refusal (<see cref="HubException"/>, or <see cref="RefusedException"/>, which becomes
/// one with the same code) is an answer and no fault: the client is told, and the log stays quiet.
/// </summary>
internal sealed partial class HubFaults(ILogger<HubFaults> logger) : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var gone = invocationContext.Context.ConnectionAborted;
        try
        {
            var answer = await next(invocationContext);
            return answer is IAsyncEnumerable<StreamItem> items ? WatchedAsync(items, invocationContext, gone) : answer;
        }
        catch (RefusedException refused)
        {
            throw Refusal(refused);
        }
        catch (Exception failure) when (IsFault(failure, gone))
        {
            LogFailed(failure, invocationContext.HubMethodName);
            throw;
        }
    }

    private static HubException Refusal(RefusedException refused) => new($"{refused.Problem.Code}: {refused.Problem.Detail}");

    private static bool IsFault(Exception failure, CancellationToken gone) =>
        failure is not HubException && !(failure is OperationCanceledException && gone.IsCancellationRequested);

    /// <summary>A stream fails while it is read, after the method has returned.</summary>
    private async IAsyncEnumerable<StreamItem> WatchedAsync(
        IAsyncEnumerable<StreamItem> items, HubInvocationContext context,
        [EnumeratorCancellation] CancellationToken gone)
    {
        await using var reading = items.GetAsyncEnumerator(gone);
        while (await NextAsync())
            yield return reading.Current;

        async ValueTask<bool> NextAsync()
        {
            try
            {
                return await reading.MoveNextAsync();
            }
            catch (OperationCanceledException)
            {
                // The client has had enough.
                throw;
            }
            catch (RefusedException refused)
            {
                throw Refusal(refused);
            }
            catch (Exception failure) when (IsFault(failure, gone))
            {
                LogFailed(failure, context.HubMethodName);
                throw;
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The hub's {Method} failed.")]
    private partial void LogFailed(Exception failure, string method);
}
