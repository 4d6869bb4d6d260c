namespace ProgressHub.Tests.Attacks;

/// <summary>The ways to sign in that the suite is run against.</summary>
internal static class AttackModes
{
    private const string Local = "Local";

    // A line for each.
    private static readonly Dictionary<string, Func<Task<AttackServer>>> Starts = new(StringComparer.Ordinal)
    {
        [Local] = () => AttackServer.StartAsync(),
        ["Token"] = AttackServer.StartWithTokensAsync,
    };

    /// <summary>Their names, as the cases of a theory.</summary>
    public static IEnumerable<string> Names => Starts.Keys;

    /// <summary>How often a fuzzer tries one: the parsers are the same in all, and what differs is who asks.</summary>
    public static int Times(string mode, int times) => mode == Local ? times : times / 4;

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
