using System.Runtime.CompilerServices;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Ask;

namespace ProgressHub.Benchmarks.FirstRun;

/// <summary>An engine that answers as slowly as it is told to, a few characters at a time.</summary>
internal sealed class PacedAnswerer(TimeProvider time, TimeSpan firstWord, TimeSpan writing, int characters) : IAnswerer
{
    private const string Words = "The lamp is lit at dusk. ";

    public string Id => "openai";

    public EngineStatus Status => new(Id, "paced", Ready: true);

    public string? Missing(string? model, string? apiKey) => null;

    public async IAsyncEnumerable<string> AnswerAsync(AnswerOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Delay(firstWord, time, cancellationToken);
        var pieces = characters / Words.Length;
        for (var i = 0; i < pieces; i++)
        {
            yield return Words;
            await Task.Delay(writing / pieces, time, cancellationToken);
        }
    }
}
