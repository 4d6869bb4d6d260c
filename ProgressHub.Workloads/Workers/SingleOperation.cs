using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Workloads.Workers;

/// <summary>A worker that does one thing, keeps nothing from one request to the next, and says what comes of it on its way.</summary>
/// <typeparam name="TRequest">What it is asked.</typeparam>
/// <typeparam name="TSaid">What it says on its way.</typeparam>
/// <typeparam name="TResult">What it says at the end.</typeparam>
internal abstract class SingleOperation<TRequest, TSaid, TResult>(
    string name, JsonTypeInfo<TRequest> request, JsonTypeInfo<TSaid> said, JsonTypeInfo<TResult> result) : IWorkerHandler
{
    public JsonElement Handle(string operation, JsonElement input, Action<JsonElement> progress) => operation == name
        ? JsonSerializer.SerializeToElement(Run(input.Deserialize(request)!, some => progress(JsonSerializer.SerializeToElement(some, said))), result)
        : throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");

    public void Dispose()
    {
        // Each request opens and closes what it needs.
    }

    /// <summary>Does it.</summary>
    protected abstract TResult Run(TRequest request, Action<TSaid> said);
}
