using System.ComponentModel;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// A kind of job and its handler: what an author derives from. One instance serves all jobs of its kind, several at once.
/// The input is a record; its schema is exported from it, and an input that does not keep to the schema is refused before a
/// job is made. What has to be written is <see cref="Kind"/> and <see cref="RunAsync"/>.
/// </summary>
/// <typeparam name="TInput">
/// A record. <c>[Description]</c>, <c>[Range]</c>, <c>[StringLength]</c>, <c>[RegularExpression]</c>, <c>[AllowedValues]</c>,
/// <c>required</c> and nullable annotations say what its properties take; <see cref="SecretAttribute"/>,
/// <see cref="FileInputAttribute"/>, <see cref="TrimmedAttribute"/>, <see cref="ExamplesAttribute"/> and
/// <see cref="RefusalAttribute"/> say the rest.
/// </typeparam>
public abstract class Workload<TInput> : IWorkload
    where TInput : class
{
    private static readonly StagePlan OneStage = new(new Stage("working", "Working", 1));

    private readonly Lazy<InputBinder<TInput>> _binder;
    private readonly Lazy<WorkloadDescriptor> _descriptor;

    /// <summary>Prepares the workload; its schema is made when it is first asked for.</summary>
    protected Workload()
    {
        _binder = new(() => new InputBinder<TInput>(Label, ShapeSchema));
        _descriptor = new(() => Describe(Inferred()));
    }

    /// <summary>Its name in the API, such as <c>translation</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Its name for a person; the kind with a capital where it is not overridden.</summary>
    public virtual string Label => $"{char.ToUpperInvariant(Kind[0])}{Kind[1..]}";

    /// <summary>What it does, in a sentence; the class's <c>[Description]</c> where it is not overridden.</summary>
    public virtual string Description => GetType().GetCustomAttribute<DescriptionAttribute>()?.Description ?? "";

    /// <summary>The stages of a typical job; one called <c>working</c> where it is not overridden.</summary>
    public virtual StagePlan Stages => OneStage;

    /// <inheritdoc/>
    public WorkloadDescriptor Descriptor => _descriptor.Value;

    /// <summary>Reads an input and checks it.</summary>
    /// <exception cref="WorkloadException">It is not acceptable; <c>Property</c> names what to change.</exception>
    public TInput Read(JsonElement input) => Check(_binder.Value.Read(input));

    /// <summary>
    /// Says how a job would be done. Called before a job is accepted, and again where an attempt begins that is not its
    /// first or comes after a restart; so it is quick and changes nothing. What belongs to somebody else does not exist.
    /// </summary>
    /// <param name="input">The input, its secrets included as far as they are still in memory.</param>
    /// <param name="owner">Who sends it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException">The job can't be done; the message says what to change.</exception>
    public virtual ValueTask<WorkloadPlan> PlanAsync(TInput input, string owner, CancellationToken cancellationToken) =>
        new(new WorkloadPlan(Stages, Engine: null, Label));

    /// <summary>
    /// Does the work. It reports through the context, honours its cancellation token within a second, and skips what
    /// <see cref="WorkloadContext.RestoredPartials"/> and the checkpoint say is done.
    /// </summary>
    /// <param name="input">The input, its secrets included as far as they are still in memory.</param>
    /// <param name="context">The job.</param>
    /// <exception cref="WorkloadException">The job failed for a reason a user may see.</exception>
    public abstract Task<WorkloadOutcome> RunAsync(TInput input, WorkloadContext context);

    /// <summary>
    /// The result as far as the pieces reach; null where nothing can be made of them yet. The texts of those that are well,
    /// one after the other, where it is not overridden.
    /// </summary>
    /// <param name="input">The job's input.</param>
    /// <param name="partials">The pieces so far, by index; failed ones included.</param>
    public virtual ResultDocument? Assemble(TInput input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        var texts = partials.Where(p => p.Value is { Ok: true, Text: not null }).OrderBy(p => p.Key).Select(p => p.Value.Text).ToList();
        return texts.Count == 0
            ? null
            : new ResultDocument("text/plain; charset=utf-8", "result.txt", Encoding.UTF8.GetBytes(string.Concat(texts)));
    }

    /// <inheritdoc/>
    public virtual ResultDocument Render(ResultDocument result, ResultForm form) => result;

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) => new([]);

    ValueTask<WorkloadPlan> IWorkload.PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken) =>
        PlanAsync(input.Read(Read), owner, cancellationToken);

    Task<WorkloadOutcome> IWorkload.RunAsync(WorkloadInput input, WorkloadContext context) => RunAsync(input.Read(Read), context);

    ResultDocument? IWorkload.Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) =>
        Assemble(input.Read(Read), partials);

    /// <summary>Checks what a schema can't say, and settles what follows from the rest; what it returns is what is kept.</summary>
    /// <exception cref="WorkloadException">It is not acceptable.</exception>
    protected virtual TInput Check(TInput input) => input;

    /// <summary>
    /// The input as it is by now, for a workload whose requests may say more behind their file: to be asked for once
    /// <see cref="WorkloadContext.ReceiveFileAsync"/> has returned.
    /// </summary>
    protected TInput Reread(WorkloadContext context) => Read(SecretInputs.Merge(context.Input, Descriptor.SecretInputs, context.Secret));

    /// <summary>Sets limits and whatever else is not said by a property: <c>inferred with { Timeout = … }</c>.</summary>
    protected virtual WorkloadDescriptor Describe(WorkloadDescriptor inferred) => inferred;

    /// <summary>Adds to the schema what attributes can't say, such as the engines that are there; it is enforced too.</summary>
    protected virtual void ShapeSchema(JsonObject schema)
    {
    }

    private WorkloadDescriptor Inferred()
    {
        var schema = _binder.Value.Schema;
        return new WorkloadDescriptor
        {
            Kind = Kind,
            Label = Label,
            Description = Description,
            InputSchema = JsonSerializer.SerializeToElement(schema.Root, InputSchema.Options),
            Stages = Stages,
            SecretInputs = schema.Secrets,
            FileInput = schema.FileInput,
            MaxFiles = schema.MaxFiles,
        };
    }
}
