using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.SemanticKernel;

namespace ProgressHub.Workloads.Inference.Prompts;

/// <summary>
/// A prompt as Semantic Kernel's template, kept in a file of its feature's folder <c>Prompts</c>. Values are escaped where
/// they go in: none can be read as a message or as a piece of template.
/// </summary>
internal sealed class PromptFile
{
    private static readonly ConcurrentDictionary<string, PromptFile> Loaded = new(StringComparer.Ordinal);

    private readonly KernelFunction _messages;
    private readonly IPromptTemplate _text;

    private PromptFile(string template)
    {
        _messages = KernelFunctionFactory.CreateFromPrompt(new PromptTemplateConfig(template) { Name = "prompt" });
        _text = new KernelPromptTemplateFactory { AllowDangerouslySetContent = true }.Create(
            new PromptTemplateConfig(template) { AllowDangerouslySetContent = true });
    }

    /// <summary>The prompt of a feature, such as <c>Translation</c>, <c>translate</c>.</summary>
    public static PromptFile Get(string feature, string name) => Loaded.GetOrAdd($"{feature}.Prompts.{name}.prompt", static file =>
    {
        var assembly = typeof(PromptFile).Assembly;
        using var stream = assembly.GetManifestResourceStream($"ProgressHub.Workloads.{file}")
            ?? throw new InvalidOperationException($"There is no prompt {file}.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new PromptFile(reader.ReadToEnd().ReplaceLineEndings("\n"));
    });

    /// <summary>Has a model answer it, as it is read as messages.</summary>
    public IAsyncEnumerable<T> AskAsync<T>(
        Kernel kernel, IReadOnlyDictionary<string, string> values, PromptExecutionSettings settings, CancellationToken cancellationToken) =>
        kernel.InvokeStreamingAsync<T>(_messages, Arguments(values, settings), cancellationToken);

    /// <summary>Fills it in as plain text, to be a value of another prompt, where it is escaped.</summary>
    public async Task<string> FillAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken) =>
        await _text.RenderAsync(new Kernel(), Arguments(values, null), cancellationToken);

    private static KernelArguments Arguments(IReadOnlyDictionary<string, string> values, PromptExecutionSettings? settings)
    {
        var arguments = settings is null ? new KernelArguments() : new KernelArguments(settings);
        foreach (var (name, value) in values)
            arguments[name] = Visible(value);
        return arguments;
    }

    /// <summary>
    /// What can't stand in XML, which carries the messages, as its JSON escape: the kernel would take the whole prompt for
    /// one message otherwise.
    /// </summary>
    private static string Visible(string value)
    {
        if (!value.Any(IsHidden))
            return value;
        var text = new StringBuilder(value.Length);
        foreach (var character in value)
        {
            if (IsHidden(character))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            else
                text.Append(character);
        }

        return text.ToString();
    }

    private static bool IsHidden(char character) =>
        character is < ' ' and not ('\t' or '\n' or '\r') or '\uFFFE' or '\uFFFF';
}
