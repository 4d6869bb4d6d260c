using Microsoft.JSInterop;

namespace ProgressHub.Web.Components.Interop;

/// <summary>
/// A script module of ours, imported when it is first called. What it does is comfort: where the browser is gone or
/// refuses, the call has no effect.
/// </summary>
internal sealed class JsModule(IJSRuntime script, string path) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    public async ValueTask<T?> CallAsync<T>(string function, params object?[] arguments)
    {
        try
        {
            _module ??= await script.InvokeAsync<IJSObjectReference>("import", path);
            return await _module.InvokeAsync<T>(function, arguments);
        }
        catch (Exception gone) when (IsHarmless(gone))
        {
            return default;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is not { } module)
            return;
        try
        {
            await module.DisposeAsync();
        }
        catch (Exception gone) when (IsHarmless(gone))
        {
        }
    }

    private static bool IsHarmless(Exception failure) =>
        failure is JSDisconnectedException or JSException or OperationCanceledException or ObjectDisposedException;
}
