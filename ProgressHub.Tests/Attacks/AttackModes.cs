namespace ProgressHub.Tests.Attacks;

/// <summary>The ways to sign in that the suite is run against.</summary>
internal static class AttackModes
{
    // A line for each.
    private static readonly Dictionary<string, Func<Task<AttackServer>>> Starts = new(StringComparer.Ordinal)
    {
        ["Local"] = () => AttackServer.StartAsync(),
    };

    /// <summary>Their names, as the cases of a theory.</summary>
    public static IEnumerable<string> Names => Starts.Keys;

    /// <summary>Starts a server of one.</summary>
    public static Task<AttackServer> StartAsync(string mode) => Starts[mode]();

    /// <summary>Each input in each mode.</summary>
    public static TheoryData<string, T> With<T>(params IEnumerable<T> inputs)
    {
        var data = new TheoryData<string, T>();
        foreach (var mode in Names)
        {
            foreach (var input in inputs)
                data.Add(mode, input);
        }

        return data;
    }
}
