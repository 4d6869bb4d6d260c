using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference.Usage;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;
using FunctionResultContent = Microsoft.Extensions.AI.FunctionResultContent;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// One question to a chat model through a kernel, streamed, so that silence is noticed, and metered. Every failure is a
/// <see cref="WorkloadException"/>. Functions are offered to models that take them.
/// </summary>
internal sealed class ChatCall(IOptions<InferenceOptions> options, IOptions<BudgetOptions> budget, TimeProvider time)
{
    // Models that refuse a request with functions, and answer it without.
    private readonly ConcurrentDictionary<(string Engine, string? Model), bool> _withoutFunctions = new();

    /// <summary>The whole answer; what the model says on the way to a call of a function is none of it.</summary>
    public async Task<string> CompleteAsync(ChatOrder order, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        await foreach (var update in StreamAsync(order, cancellationToken))
        {
            if (update.Contents.Any(content => content is FunctionCallContent or FunctionResultContent))
                answer.Clear();
            else
                answer.Append(update.Text);
        }

        return answer.ToString();
    }

    /// <summary>The answer, piece by piece as it comes.</summary>
    public async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        ChatOrder order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = (order.Engine.Id, order.Engine.ModelFor(order.Model));
        if (order.Functions is { } functions && order.Engine.CallsFunctions && !_withoutFunctions.ContainsKey(model))
        {
            functions.Begin();
            await using var updates = AskAsync(order, functions, cancellationToken).GetAsyncEnumerator(cancellationToken);
            if (await FirstAsync(updates) is { } any)
            {
                for (var more = any; more; more = await updates.MoveNextAsync())
                    yield return updates.Current;
                yield break;
            }

            await functions.Without();
        }

        await foreach (var update in AskAsync(order, null, cancellationToken))
            yield return update;
        if (order.Functions is not null && order.Engine.CallsFunctions)
            _withoutFunctions.TryAdd(model, true);
    }

    /// <summary>Whether there is an answer; null where the request was refused, which may be for its functions.</summary>
    private static async ValueTask<bool?> FirstAsync(IAsyncEnumerator<ChatResponseUpdate> updates)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (WorkloadException refused) when (refused.Code == "engine_rejected_request")
        {
            return null;
        }
    }

    private async IAsyncEnumerable<ChatResponseUpdate> AskAsync(
        ChatOrder order, ChatFunctions? functions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = EngineSpan.Model("chat", order.Engine.Id, order.Engine.ModelFor(order.Model));
        using var client = Connect(order, functions);
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(client);
        var settings = new PromptExecutionSettings();
        if (order.Engine.OutputTokens(order.ExpectedCharacters) is { } tokens)
            settings.ExtensionData = new Dictionary<string, object> { ["max_tokens"] = tokens };
        if (functions is not null)
        {
            builder.Services.AddSingleton<IAutoFunctionInvocationFilter>(functions);
            builder.Plugins.AddFromFunctions("job", functions.All);
            settings.FunctionChoiceBehavior = FunctionChoiceBehavior.Auto();
        }

        var values = new Dictionary<string, string>(order.Values)
        {
            ["functions"] = functions is null ? "" : await functions.InstructionsAsync(cancellationToken),
        };
        await using var updates = order.Prompt.AskAsync<ChatResponseUpdate>(builder.Build(), values, settings, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        while (await NextAsync(updates, span, cancellationToken))
            yield return updates.Current;
    }

    private static async ValueTask<bool> NextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, EngineSpan span, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception)
        {
            var fault = EngineFaults.From(exception);
            span.Fail(fault.Code);
            throw fault;
        }
    }

    // A bare client in a kernel calls no functions; what is innermost sees each request that really goes out.
    private IChatClient Connect(ChatOrder order, ChatFunctions? functions)
    {
        var client = order.Engine.Connect(order.Model, order.ApiKey);
        if (order.Meter is { } meter)
            client = new MeteredChatClient(client, meter, RateOf(order.Engine.ModelFor(order.Model)));
        client = new GuardedChatClient(client, options.Value, time);
#pragma warning disable SKEXP0001 // The kernel's functions over any chat client are still marked experimental; the seam is this line.
        return functions is null ? client : new BoundedFunctionsClient(client, functions).AsBuilder().UseKernelFunctionInvocation().Build();
#pragma warning restore SKEXP0001
    }

    private ModelRate RateOf(string? model) =>
        new(model, options.Value.PriceOf(model), options.Value.Currency, budget.Value.ToBudget());
}
