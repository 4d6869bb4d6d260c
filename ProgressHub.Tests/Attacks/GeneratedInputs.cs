using CsCheck;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Attacks;

/// <summary>
/// Generated inputs, the same in every run, so that a run of the tests says something about the code and not about luck. With
/// <c>PROGRESSHUB_FUZZ</c> as many others are tried as it says, each time new ones; a failure is then made small and prints
/// its seed, which <c>CsCheck_Seed</c> tries again.
/// </summary>
internal static class GeneratedInputs
{
    /// <summary>Tries so many of them.</summary>
    public static void ForEach<T>(this Gen<T> inputs, int times, Action<T> attack)
    {
        if (Wanted.Generated is { } others)
            inputs.Sample(attack, iter: others, threads: 1);
        foreach (var seed in Seeds(times))
            inputs.Sample(attack, seed: seed, iter: 1, threads: 1);
    }

    /// <inheritdoc cref="ForEach"/>
    public static async Task ForEachAsync<T>(this Gen<T> inputs, int times, Func<T, Task> attack)
    {
        if (Wanted.Generated is { } others)
            await inputs.SampleAsync(attack, iter: others, threads: 1);
        foreach (var seed in Seeds(times))
            await inputs.SampleAsync(attack, seed: seed, iter: 1, threads: 1);
    }

    private static IEnumerable<string> Seeds(int times) => Enumerable.Range(1, times).Select(n => new PCG(1, (ulong)n * 0x9E3779B97F4A7C15).ToString());
}
