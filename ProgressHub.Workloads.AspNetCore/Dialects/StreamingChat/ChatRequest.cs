using System.Security.Claims;
using System.Text.Json;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Ask;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>A question to a deity's verses, or to any collection of the caller's.</summary>
internal sealed record ChatRequest
{
    /// <summary>The collection, such as <c>guan_yu</c>.</summary>
    public string? DeityId { get; init; }

    /// <summary>The verse's number; a question without one is answered from the whole collection.</summary>
    public int? FortuneNumber { get; init; }

    /// <summary>What is asked, up to 4,000 characters.</summary>
    public string? Question { get; init; }

    /// <summary>Whether the answer is delivered as it is written, and its stream tells every step; true where it is missing.</summary>
    public bool? EnableStreaming { get; init; }

    /// <summary><c>zh</c> (Traditional Chinese) or <c>en</c>; the question's where it is missing.</summary>
    public string? Language { get; init; }

    /// <summary>What writes the answer; the server's default where it is missing.</summary>
    public string? Engine { get; init; }

    /// <summary>The engine's model, where it has several.</summary>
    public string? Model { get; init; }

    /// <summary>A key for the engine. It lives in memory for this job only.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Makes a job of it.</summary>
    /// <exception cref="WorkloadException">It is not acceptable; the property is named as in this request.</exception>
    public static async Task<Submission> SubmitAsync(
        HttpRequest request, ClaimsPrincipal user, JobService jobs, KnowledgeLibrary library, CancellationToken aborted)
    {
        var key = IdempotencyKeyHeader.Read(request.Headers);
        var wanted = await JsonBody.ReadAsync(request, ChatJson.Default.ChatRequest, aborted);
        await wanted.CheckAsync(user.Owner(), library, aborted);
        var job = new JobRequest
        {
            Kind = AskDetails.Kind,
            Input = JsonSerializer.SerializeToElement(wanted.ToInput(), ChatJson.Native.NativeQuestion),
            Owner = user.Owner(),
            IdempotencyKey = key,
        };
        try
        {
            return await jobs.SubmitAsync(job, aborted);
        }
        catch (WorkloadException refusal) when (refusal.Message.Contains("apiKey", StringComparison.Ordinal))
        {
            throw new WorkloadException(refusal.Code, refusal.Message.Replace("apiKey", "api_key", StringComparison.Ordinal))
            {
                Property = refusal.Property is "apiKey" ? "api_key" : refusal.Property,
            };
        }
    }

    private async Task CheckAsync(string owner, KnowledgeLibrary library, CancellationToken aborted)
    {
        if (string.IsNullOrWhiteSpace(DeityId))
            throw new WorkloadException("invalid_input", "'deity_id' is missing: the id of a collection, such as guan_yu.") { Property = "deity_id" };
        if (await library.FindAsync(owner, DeityId, aborted) is not { } collection)
            throw new WorkloadException("collection_not_found", "There is no such deity, nor a collection with that id.") { Property = "deity_id" };
        if (FortuneNumber is not null && !await library.HasAsync(owner, DeityId, Attributes()!, aborted))
        {
            throw new WorkloadException(
                "fortune_not_found", $"'{collection.Id}' has no fortune of that number; it has {collection.Documents} in all.")
            {
                Property = "fortune_number",
            };
        }
    }

    private NativeQuestion ToInput() =>
        new(Question, DeityId!, Language, Engine, Model, Attributes(), EnableStreaming ?? true, ApiKey);

    private Dictionary<string, string>? Attributes() =>
        FortuneNumber is { } number ? new() { [AskDetails.Number] = $"{number}" } : null;
}

/// <summary>The input of an ask job.</summary>
internal sealed record NativeQuestion(
    string? Question, string Collection, string? Language, string? Engine, string? Model,
    IReadOnlyDictionary<string, string>? Attributes, bool Stream, string? ApiKey);
