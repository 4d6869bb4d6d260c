using System.Text.Json.Serialization;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>What a session is asked: a question, a search, a query, or the answer to what a question waits with.</summary>
internal sealed record SessionAsk
{
    /// <summary>What to ask of the table.</summary>
    public string? Question { get; init; }

    /// <summary>What to search for, or the SQL to run; another name for <c>question</c> and <c>sql</c>.</summary>
    public string? Query { get; init; }

    /// <summary>The SQL to run: one query over the one table, <c>data</c>.</summary>
    public string? Sql { get; init; }

    /// <summary>The session: 1 to 64 visible characters of the client's choice. One is made where it is missing.</summary>
    [JsonPropertyName("session_id")]
    public string? SessionId { get; init; }

    /// <summary>Another spelling of <c>session_id</c>.</summary>
    [JsonPropertyName("sessionId")]
    public string? SessionIdInCamelCase { get; init; }

    /// <summary>The table of a new session: one that comes with the server; <c>prices</c> where nothing is named.</summary>
    public string? Sample { get; init; }

    /// <summary>The table of a new session: the id of an upload.</summary>
    public string? File { get; init; }

    /// <summary>What plans the query: <c>rules</c>, <c>openai</c> or <c>anthropic</c>.</summary>
    public string? Engine { get; init; }

    /// <summary>The engine's model.</summary>
    public string? Model { get; init; }

    /// <summary>The language a model explains in.</summary>
    public string? Language { get; init; }

    /// <summary>A key for the engine; it lives in memory for this job only.</summary>
    [JsonPropertyName("api_key")]
    public string? ApiKey { get; init; }

    /// <summary>The answer to what the session's question waits with: one of its options.</summary>
    public string? Answer { get; init; }

    /// <summary>Which question is answered: <c>request_id</c>; the one that waits, where it is missing.</summary>
    [JsonPropertyName("request_id")]
    public string? RequestId { get; init; }

    /// <summary>Whom to tell of the job's events, such as <c>log</c> and <c>done</c>.</summary>
    public WebhookSubmission? Webhook { get; init; }

    /// <summary>The session it names.</summary>
    [JsonIgnore]
    public string? Session => SessionId ?? SessionIdInCamelCase;

    /// <summary>What is asked for, in one mode of the engine.</summary>
    /// <exception cref="WorkloadException"><c>invalid_input</c>: it is missing.</exception>
    public SessionJobInput ToInput(SessionMode mode, string session)
    {
        var (text, name) = mode == SessionMode.Execute ? (Sql ?? Query, "sql") : mode == SessionMode.Search ? (Query ?? Question, "query") : (Question, "question");
        if (string.IsNullOrWhiteSpace(text))
            throw new WorkloadException("invalid_input", $"'{name}' is missing.") { Property = name };
        var isSql = mode == SessionMode.Execute;
        return new SessionJobInput(
            mode.ToString().ToLowerInvariant(), isSql ? null : text, isSql ? text : null, session, Engine, Model, Language, ApiKey);
    }
}

/// <summary>What is wanted of a session.</summary>
internal enum SessionMode
{
    /// <summary>An answer.</summary>
    Question,

    /// <summary>The context of a question.</summary>
    Search,

    /// <summary>The rows of a query.</summary>
    Execute,
}
