namespace ProgressHub.Tool.Commands;

/// <summary>What <c>progresshub run</c> was asked.</summary>
/// <param name="Command">The command and its arguments.</param>
internal sealed record RunOptions(IReadOnlyList<string> Command)
{
    private const int LongestSilence = 86_400;

    public string? Server { get; init; }

    public string? Title { get; init; }

    /// <summary>How long nothing may be heard before the job counts as stalled.</summary>
    public int HeartbeatSeconds { get; init; } = 60;

    /// <summary>How long the command has to stop before it is made to.</summary>
    public int GraceSeconds { get; init; } = 10;

    /// <exception cref="UsageException">It makes no sense.</exception>
    public static RunOptions Read(Arguments arguments)
    {
        var options = new RunOptions([]);
        while (arguments.Option() is { } option)
        {
            options = option switch
            {
                "-u" or "--url" => options with { Server = arguments.Value(option) },
                "-t" or "--title" => options with { Title = arguments.Value(option) },
                "-b" or "--heartbeat" => options with { HeartbeatSeconds = arguments.Seconds(option, 1, LongestSilence) },
                "-g" or "--grace" => options with { GraceSeconds = arguments.Seconds(option, 0, LongestSilence) },
                _ => throw Arguments.Unknown(option),
            };
        }

        return arguments.Rest is { Count: > 0 } command
            ? options with { Command = command }
            : throw new UsageException("Which command? progresshub run [-t TITLE] COMMAND [ARGUMENT...]");
    }
}
