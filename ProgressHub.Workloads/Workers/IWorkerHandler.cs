using System.Text.Json;

namespace ProgressHub.Workloads.Workers;

/// <summary>What a kind of worker does, in its own process; one request at a time.</summary>
internal interface IWorkerHandler : IDisposable
{
    /// <summary>Does what is asked. It is not told to stop: whoever has enough of it ends the process.</summary>
    /// <param name="operation">What is asked.</param>
    /// <param name="input">With what.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <exception cref="Core.Workloads.WorkloadException">A failure for a person; the worker may be asked again.</exception>
    JsonElement Handle(string operation, JsonElement input, Action<JsonElement> progress);
}
