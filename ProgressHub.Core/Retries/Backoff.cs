namespace ProgressHub.Core.Retries;

/// <summary>
/// How long to wait before something that failed is tried again: exponential, bounded, and spread, so that many which failed
/// together do not come back together. Pure: the chance is passed in.
/// </summary>
/// <remarks>
/// The spread is the "jitter" of Marc Brooker, "Exponential Backoff And Jitter" (AWS Architecture Blog, 2015); a jitter of 1
/// is its "full jitter".
/// </remarks>
/// <param name="First">The delay after the first failure.</param>
/// <param name="Longest">The longest delay.</param>
/// <param name="Jitter">The share of a delay that is left to chance, 0..1; 0 for none.</param>
public readonly record struct Backoff(TimeSpan First, TimeSpan Longest, double Jitter = 0)
{
    // Beyond it any delay is at its bound.
    private const int MostDoublings = 62;

    /// <summary>The delay after so many failures in a row.</summary>
    /// <param name="failures">How many, from 1.</param>
    /// <param name="chance">A random number, 0..1.</param>
    public TimeSpan After(int failures, double chance = 1)
    {
        var doublings = Math.Min(Math.Max(failures, 1) - 1, MostDoublings);
        var ticks = Math.Min(First.Ticks * Math.Pow(2, doublings), Longest.Ticks);
        return Spread(TimeSpan.FromTicks((long)ticks), 1 - Jitter, 1, chance);
    }

    /// <summary>The same, and no less than what the other side asked for.</summary>
    /// <param name="failures">How many, from 1.</param>
    /// <param name="asked">What it asked for; null where it did not.</param>
    /// <param name="chance">A random number, 0..1.</param>
    public TimeSpan After(int failures, TimeSpan? asked, double chance)
    {
        var delay = After(failures, chance);
        return asked > delay ? asked.Value : delay;
    }

    /// <summary>A delay somewhere between two shares of it.</summary>
    /// <param name="delay">The delay.</param>
    /// <param name="least">The least share.</param>
    /// <param name="most">The largest share.</param>
    /// <param name="chance">A random number, 0..1.</param>
    public static TimeSpan Spread(TimeSpan delay, double least, double most, double chance) =>
        delay * (least + ((most - least) * chance));
}
