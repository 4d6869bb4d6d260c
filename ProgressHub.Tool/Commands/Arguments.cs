namespace ProgressHub.Tool.Commands;

/// <summary>A command line, taken apart from left to right: options first where the rest is a command of the user's.</summary>
internal sealed class Arguments(IReadOnlyList<string> all)
{
    private int _next;

    /// <summary>What is left.</summary>
    public IReadOnlyList<string> Rest => [.. all.Skip(_next)];

    /// <summary>The next argument where it is an option; null before the first that is not, and after <c>--</c>.</summary>
    public string? Option()
    {
        if (_next == all.Count || all[_next].Length < 2 || all[_next][0] != '-')
            return null;
        var option = all[_next++];
        return option == "--" ? null : option;
    }

    /// <summary>The next argument; null at the end.</summary>
    public string? Word() => _next < all.Count ? all[_next++] : null;

    /// <summary>The value of an option.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public string Value(string option) => Word() ?? throw new UsageException($"{option} needs a value.");

    /// <summary>The value of an option that is a number of seconds.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public int Seconds(string option, int least, int most) =>
        int.TryParse(Value(option), out var seconds) && seconds >= least && seconds <= most
            ? seconds
            : throw new UsageException($"{option} is a number of seconds from {least} to {most}.");

    public static UsageException Unknown(string option) => new($"There is no option {option}; 'progresshub help' shows those there are.");
}
