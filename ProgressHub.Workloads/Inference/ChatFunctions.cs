using System.Globalization;
using Microsoft.SemanticKernel;
using ProgressHub.Workloads.Inference.Prompts;

namespace ProgressHub.Workloads.Inference;

/// <summary>Functions that a model may call while it answers.</summary>
/// <param name="functions">The functions; what they fail with is for them to tell the model.</param>
/// <param name="instructions">What it is told of them, before the rest of its prompt; {{$most}} is how many calls it may make.</param>
/// <param name="most">How many calls it may make before it has to answer.</param>
internal sealed class ChatFunctions(IReadOnlyList<KernelFunction> functions, PromptFile instructions, int most) : IAutoFunctionInvocationFilter
{
    private int _calls;

    /// <summary>The functions.</summary>
    public IReadOnlyList<KernelFunction> All { get; } = functions;

    /// <summary>Hears of a call before it is made: its number from 1, its function and its arguments.</summary>
    public Func<int, string, KernelArguments, ValueTask> Calling { get; init; } = static (_, _, _) => ValueTask.CompletedTask;

    /// <summary>Hears that the model takes no functions, and is asked without them.</summary>
    public Func<ValueTask> Without { get; init; } = static () => ValueTask.CompletedTask;

    /// <summary>How many calls were made in this conversation.</summary>
    public int Calls => _calls;

    /// <summary>Whether it has to answer now.</summary>
    public bool AreUsedUp => _calls >= most;

    /// <summary>What the prompt says of them.</summary>
    public Task<string> InstructionsAsync(CancellationToken cancellationToken) => instructions.FillAsync(
        new Dictionary<string, string> { ["most"] = most.ToString(CultureInfo.InvariantCulture) }, cancellationToken);

    /// <summary>A conversation begins.</summary>
    public void Begin() => _calls = 0;

    public async Task OnAutoFunctionInvocationAsync(
        AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next)
    {
        if (AreUsedUp)
        {
            // Told, and not called: the next request takes its functions away.
            context.Result = new FunctionResult(context.Function, "No more calls are possible. Answer now.");
            return;
        }

        await Calling(++_calls, context.Function.Name, context.Arguments ?? []);
        await next(context);
    }
}
