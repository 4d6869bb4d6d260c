using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProgressHub.Core.Workloads;

/// <summary>Reads inputs as <typeparamref name="TInput"/>, and refuses those that do not keep to its schema.</summary>
/// <typeparam name="TInput">A record.</typeparam>
public sealed class InputBinder<TInput>
    where TInput : class
{
    private readonly InputRule _rule;

    /// <summary>Makes the schema.</summary>
    /// <param name="title">What the schema is called.</param>
    /// <param name="shape">Adds to the schema what attributes can't say; null for nothing.</param>
    public InputBinder(string title, Action<JsonObject>? shape = null)
    {
        Schema = InputSchema.Of(typeof(TInput), title);
        shape?.Invoke(Schema.Root);
        _rule = InputRule.Of(Schema);
    }

    internal InputSchema Schema { get; }

    /// <summary>Reads an input.</summary>
    /// <param name="input">Its JSON.</param>
    /// <exception cref="WorkloadException">
    /// <c>invalid_input</c>, or what a <see cref="RefusalAttribute"/> says; <c>invalid_text</c> for what is not Unicode.
    /// </exception>
    public TInput Read(JsonElement input)
    {
        var check = new InputCheck();
        check.Check(_rule, input);
        try
        {
            return (check.Rewrites
                ? JsonSerializer.Deserialize<TInput>(InputRewriting.Write(_rule, input).Span, InputSchema.Options)
                : input.Deserialize<TInput>(InputSchema.Options))!;
        }
        catch (JsonException exception)
        {
            // Beyond what the schema says: a number too large for its type, or a converter of the workload's own.
            var path = exception.Path?.TrimStart('$').TrimStart('.');
            throw new WorkloadException(
                "invalid_input", $"'{path}' has a value that can't be used here.", exception) { Property = path };
        }
    }
}
