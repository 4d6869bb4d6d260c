using System.Globalization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Analysis;

/// <summary>Comes to a plan that may run: by rules, asking where a question is unclear, or by a model, checked.</summary>
internal sealed class PlanMaking(WorkloadContext context, AnalysisServices services, PlanTask task, StepLog log)
{
    private const int Step = 3;

    // What a question means is still a matter of its context.
    private const int AskStep = 2;

    // It is shown what is wrong with its query twice.
    private const int ModelAttempts = 3;

    // More would be an interrogation.
    private const int MaxQuestions = 5;

    /// <summary>Who planned it in the end.</summary>
    public string Engine { get; private set; } = task.Engine;

    /// <summary>What is understood, where no plan came about.</summary>
    public string Help { get; private set; } = "";

    /// <summary>The plan; null where the question is not understood.</summary>
    /// <exception cref="WorkloadException">
    /// <c>no_answer</c>: the user did not choose in time; <c>unsafe_query</c>; or what the model's engine fails with.
    /// </exception>
    public async Task<QuestionPlan?> MakeAsync(IReadOnlyList<SimilarQuestion> similar)
    {
        if (Engine == AnalysisWorkload.Rules)
            return await ByRulesAsync();
        var refusal = await ByModelAsync(similar) switch
        {
            (QuestionPlan plan, _) => (Plan: plan, Reason: ""),
            (_, var reason) => (Plan: null, Reason: reason),
        };
        if (refusal.Plan is not null)
            return refusal.Plan;

        // Better an answer by rules than none, where they understand the question.
        if (RulesPlanner.Plan(task.Request.Question, await KnownAsync(), task.Choices) is not PlanOutcome.NotUnderstood)
        {
            await log.WarnAsync(Step, "The model's queries can't be used; planning by rules");
            Engine = AnalysisWorkload.Rules;
            return await ByRulesAsync();
        }

        throw new WorkloadException("unsafe_query", $"The query that the model wrote is not taken: it {refusal.Reason}. Ask in other words.");
    }

    private async Task<(QuestionPlan? Plan, string Reason)> ByModelAsync(IReadOnlyList<SimilarQuestion> similar)
    {
        var planner = services.Planners.First(p => p.Engine.Id == Engine);
        var asked = new PlanRequest(task.Request.Question)
        {
            Model = task.Request.Model,
            ApiKey = task.Request.ApiKey,
            Language = task.Request.Language,
            Meter = new JobMeter(context, task.Request.Budget),
            Functions = new TableLookups(task.Table, services.Queries, log, Step).Functions,
        };
        RejectedPlan? rejected = null;
        for (var attempt = 0; attempt < ModelAttempts; attempt++)
        {
            QuestionPlan? plan = null;
            try
            {
                plan = await planner.PlanAsync(
                    asked, task.Table, similar, rejected,
                    (fault, delay) => log.WarnAsync(Step, string.Create(
                        CultureInfo.InvariantCulture, $"{fault.Message} It is asked again in {delay.TotalSeconds:0.#} s.")),
                    context.CancellationToken);
                await services.Queries.CheckAsync(task.Table.Id, plan.Sql, context.CancellationToken);
                if (QuestionCheck.Missing(task.Request.Question, task.Table, plan.Sql) is not { Count: > 0 } missing)
                    return (plan, "");
                rejected = new RejectedPlan(plan.Sql, $"leaves out what the question names: {string.Join(", ", missing)}");
                await log.WarnAsync(Step, $"The model's query is not taken: it {rejected.Reason}");
            }
            catch (UnsafeQueryException refused)
            {
                rejected = new RejectedPlan(plan?.Sql, refused.Message);
                await log.WarnAsync(Step, $"The model's query was refused: it {rejected.Reason}");
            }
        }

        return (null, rejected!.Reason);
    }

    private async Task<QuestionPlan?> ByRulesAsync()
    {
        var table = await KnownAsync();
        var isLookedUp = false;
        for (var asked = 0; ; asked++)
        {
            switch (RulesPlanner.Plan(task.Request.Question, table, task.Choices))
            {
                case PlanOutcome.Ready ready:
                    return ready.Plan;
                case PlanOutcome.Unclear unclear when asked < MaxQuestions:
                    await AskAsync(unclear);
                    break;
                // The words that mean nothing here may be near to a column in meaning.
                case PlanOutcome.NotUnderstood when !isLookedUp:
                    isLookedUp = true;
                    table = await services.Meanings.FindAsync(task.Request.Question, table, context.CancellationToken);
                    break;
                case PlanOutcome.NotUnderstood not:
                    Help = not.Help;
                    return null;
                default:
                    Help = PlannerHelp.For(task.Table);
                    return null;
            }
        }
    }

    private Task<TableProfile> KnownAsync() => new ValueLookup(services.Queries, message => log.WarnAsync(Step, message)).FindAsync(task.Request.Question, task.Table, context.CancellationToken);

    private async Task AskAsync(PlanOutcome.Unclear unclear)
    {
        await log.InfoAsync(AskStep, $"Waiting for user confirmation: {unclear.Question}");
        var answer = await context.AskAsync(unclear.Question, unclear.Options, services.Options.Value.AnswerTimeout)
            ?? throw new WorkloadException("no_answer", "The question is unclear, and nobody chose what is meant in time. Ask it again, and name the column.");
        task.Choices[unclear.Term] = answer;
        if (task.Session is { } session)
            await services.Sessions.ChooseAsync(session, unclear.Term, answer, context.CancellationToken);
        await log.SuccessAsync(AskStep, $"Query expanded: '{unclear.Term}' means {answer}");
    }
}
