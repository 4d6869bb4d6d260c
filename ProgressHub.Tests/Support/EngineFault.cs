using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>How an answer goes wrong.</summary>
internal enum EngineFault
{
    None,
    Busy,
    Broken500,
    BadRequest,
    Unauthorized,
    Stall,
    CutPolitely,
    CutAbruptly,
    TooLong,
    OneSegmentShort,
    LosesMark,
    DoublesMark,
    AltersMark,
    Chatty,
    NotJson,
}

/// <summary>What the server says for each.</summary>
internal static class EngineAnswers
{
    public static int? Status(this EngineFault fault) => fault switch
    {
        EngineFault.Busy => 429,
        EngineFault.Broken500 => 500,
        EngineFault.BadRequest => 400,
        EngineFault.Unauthorized => 401,
        _ => null,
    };

    public static string For(EngineFault fault, IReadOnlyList<(int Id, string Text)> segments)
    {
        var answers = segments.Select(s => new { id = s.Id, text = Spoil(fault, s.Text.ToUpperInvariant()) }).ToList();
        if (fault == EngineFault.OneSegmentShort)
            answers.RemoveAt(answers.Count - 1);
        var json = JsonSerializer.Serialize(answers);
        return fault switch
        {
            EngineFault.Chatty => $"Sure! Here is the translation:\n```json\n{json}\n```\nAnything else?",
            EngineFault.NotJson => "I can't do that.",
            _ => json,
        };
    }

    private static string Spoil(EngineFault fault, string text) => fault switch
    {
        EngineFault.LosesMark => text.Replace("⟦0⟧", "", StringComparison.Ordinal),
        EngineFault.DoublesMark => text.Replace("⟦0⟧", "⟦0⟧⟦0⟧", StringComparison.Ordinal),
        EngineFault.AltersMark => text.Replace("⟦0⟧", "#0#", StringComparison.Ordinal),
        _ => text,
    };
}
