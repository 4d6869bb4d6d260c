using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Docs;

/// <summary>
/// Code in what people read is code that works: it is run, or it stands in a file that is compiled, or it says why not.
/// </summary>
public sealed class SnippetTests
{
    private static readonly string[] Programs = ["bash", "csharp", "python", "html", "javascript"];

    private static readonly JsonDocumentOptions Strict = new() { AllowTrailingCommas = false };

    [Fact]
    public void Every_program_is_run_or_compiled_or_says_why_not()
    {
        var blocks = Blocks().Where(b => Programs.Contains(b.Block.Language)).ToList();
        Assert.True(blocks.Count > 20, $"Only {blocks.Count} were found.");

        Assert.Empty(blocks.Where(b => !Excused(b.Block)).Select(b => $"{b.File}:\n{b.Block.Code}"));
    }

    [Fact]
    public void Excerpts_are_as_their_files_have_them()
    {
        var excerpts = Blocks().Where(b => b.Block.Source is not null).ToList();
        Assert.Contains(excerpts, b => b.Block.Language == "csharp");

        Assert.Empty(excerpts.Where(b => !IsExcerpt(b.Block)).Select(b => $"{b.File}, from {b.Block.Source}:\n{b.Block.Code}"));
    }

    [Fact]
    public void An_excerpt_that_differs_from_its_file_is_found()
    {
        var block = new CodeBlock("csharp", "from examples/WebHost/Program.cs", "var app = builder.Build();\n  app.MapProgressHub();");

        Assert.True(IsExcerpt(block));
        Assert.False(IsExcerpt(block with { Code = block.Code + "\napp.MapNothing();" }));
    }

    [Fact]
    public void Tests_that_run_a_block_exist() => Assert.All(
        Blocks().Select(b => b.Block.Test).OfType<string>(), test => Assert.True(File.Exists(Path.Combine(Repository.Root, test)), test));

    [Fact]
    public void JSON_can_be_read() => Assert.All(
        Blocks().Where(b => b.Block.Language == "json"), b => JsonDocument.Parse(b.Block.Code, Strict).Dispose());

    private static IEnumerable<(string File, CodeBlock Block)> Blocks() =>
        MarkdownFile.All.SelectMany(file => file.Blocks.Select(block => (file.Path, block)));

    private static bool Excused(CodeBlock block) => block switch
    {
        { Excuse: not null } => true,
        { Language: "bash" } => block.IsTested || block.Test is not null,
        { Language: "csharp" } => block.Source is not null,
        _ => block.Source is not null || block.Test is not null,
    };

    // Line by line, so that a block need neither be indented as its file is nor repeat the comments for the documentation.
    private static bool IsExcerpt(CodeBlock block)
    {
        var path = Path.Combine(Repository.Root, block.Source!);
        return File.Exists(path)
            && $"\n{Unindented(File.ReadAllText(path))}\n".Contains($"\n{Unindented(block.Code)}\n", StringComparison.Ordinal);
    }

    private static string Unindented(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())
        .Where(line => line.Length > 0 && !line.StartsWith("///", StringComparison.Ordinal)));
}
