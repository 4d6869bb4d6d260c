using System.Diagnostics;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// The span of one call of an engine, under the source <c>ProgressHub.Workloads</c>: within the stage that the attempt is in,
/// or within what the caller has begun there. It costs nothing where nobody listens.
/// </summary>
/// <remarks>Names and tags of calls of a model are those of OpenTelemetry's semantic conventions for generative AI.</remarks>
internal readonly struct EngineSpan : IDisposable
{
    /// <summary>What to listen to.</summary>
    public const string SourceName = "ProgressHub.Workloads";

    private const string AttemptSource = "ProgressHub";
    private const string StageProperty = "progresshub.stage";

    private static readonly ActivitySource Source = new(SourceName);
    private readonly Activity? _span;
    private readonly Activity? _before;

    private EngineSpan(Activity? span, Activity? before) => (_span, _before) = (span, before);

    /// <summary>Begins the span of a call of a model.</summary>
    /// <param name="operation">What is asked of it, such as <c>chat</c>.</param>
    /// <param name="engine">The engine, such as <c>openai</c>.</param>
    /// <param name="model">The model, where it is known.</param>
    public static EngineSpan Model(string operation, string engine, string? model)
    {
        if (!Source.HasListeners())
            return default;
        var call = Begin(model is null ? operation : $"{operation} {model}", ActivityKind.Client);
        call._span?.SetTag("gen_ai.operation.name", operation);
        call._span?.SetTag("gen_ai.provider.name", engine);
        call._span?.SetTag("gen_ai.request.model", model);
        return call;
    }

    /// <summary>Begins the span of something that another process does.</summary>
    /// <param name="name">What it is called, such as <c>worker documents</c>.</param>
    public static EngineSpan Process(string name) =>
        Source.HasListeners() ? Begin(name, ActivityKind.Client) : default;

    /// <summary>Notes that it failed.</summary>
    /// <param name="error">The code of the error, or its kind; no text of a user or an engine.</param>
    public void Fail(string error)
    {
        _span?.SetTag("error.type", error);
        _span?.SetStatus(ActivityStatusCode.Error, error);
    }

    /// <summary>Ends it; what was current before it is so again.</summary>
    public void Dispose()
    {
        if (_span is null)
            return;
        _span.Dispose();
        Activity.Current = _before;
    }

    private static EngineSpan Begin(string name, ActivityKind kind)
    {
        var before = Activity.Current;
        var parent = before is { Source.Name: AttemptSource } && before.GetCustomProperty(StageProperty) is Activity stage
            ? stage.Context
            : before?.Context ?? default;
        return new EngineSpan(Source.StartActivity(name, kind, parent), before);
    }
}
