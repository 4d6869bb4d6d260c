using System.Globalization;
using ProgressHub.Core.Workloads.Analysis.Results;
using ProgressHub.Core.Workloads.Analysis.Sandbox;
using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>Comes to a plan that may run: by rules, asking where a question is unclear, or by a model, checked.</summary>
internal sealed class PlanMaking(
    WorkloadContext context, AnalysisServices services, TableProfile table, AnalysisInput request, string engine, string? apiKey,
    string? session, Dictionary<string, string> choices, StepLog log)
{
    private const int Step = 3;

    // What a question means is still a matter of its context.
    private const int AskStep = 2;

    // More would be an interrogation.
    private const int MaxQuestions = 5;

    /// <summary>Who planned it in the end.</summary>
    public string Engine { get; private set; } = engine;

    /// <summary>What is understood, where no plan came about.</summary>
    public string Help { get; private set; } = "";

    /// <summary>The plan; null where the question is not understood.</summary>
    /// <exception cref="WorkloadException">
    /// <c>no_answer</c>: the user did not choose in time; <c>unsafe_query</c>; or what the model's engine fails with.
    /// </exception>
    public async Task<QuestionPlan?> MakeAsync(IReadOnlyList<SimilarQuestion> similar)
    {
        if (Engine == AnalysisWorkload.Rules)
            return await ByRulesAsync().ConfigureAwait(false);
        var refusal = await ByModelAsync(similar).ConfigureAwait(false) switch
        {
            (QuestionPlan plan, _) => (Plan: plan, Reason: ""),
            (_, var reason) => (Plan: null, Reason: reason),
        };
        if (refusal.Plan is not null)
            return refusal.Plan;

        // Better an answer by rules than none, where they understand the question.
        if (RulesPlanner.Plan(request.Question, table, choices) is not PlanOutcome.NotUnderstood)
        {
            await log.WarnAsync(Step, "The model's queries can't be used; planning by rules").ConfigureAwait(false);
            Engine = AnalysisWorkload.Rules;
            return await ByRulesAsync().ConfigureAwait(false);
        }

        throw new WorkloadException("unsafe_query", $"The query that the model wrote may not run: it {refusal.Reason}. Ask in other words.");
    }

    private async Task<(QuestionPlan? Plan, string Reason)> ByModelAsync(IReadOnlyList<SimilarQuestion> similar)
    {
        var planner = services.Planners.First(p => p.Engine.Id == Engine);
        var asked = new ChatRequest(request.Question, request.Model, apiKey, request.Language);
        string? complaint = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            try
            {
                var plan = await planner.PlanAsync(
                    asked, table, similar, complaint,
                    (fault, delay) => log.WarnAsync(Step, string.Create(
                        CultureInfo.InvariantCulture, $"{fault.Message} It is asked again in {delay.TotalSeconds:0.#} s.")),
                    context.CancellationToken).ConfigureAwait(false);
                SandboxedQuery.Check(services.Tables.PathOf(table.Id), plan.Sql);
                return (plan, "");
            }
            catch (UnsafeQueryException refused)
            {
                complaint = refused.Message;
                await log.WarnAsync(Step, $"The model's query was refused: it {complaint}").ConfigureAwait(false);
            }
        }

        return (null, complaint!);
    }

    private async Task<QuestionPlan?> ByRulesAsync()
    {
        for (var asked = 0; ; asked++)
        {
            switch (RulesPlanner.Plan(request.Question, table, choices))
            {
                case PlanOutcome.Ready ready:
                    return ready.Plan;
                case PlanOutcome.Unclear unclear when asked < MaxQuestions:
                    await AskAsync(unclear).ConfigureAwait(false);
                    break;
                case PlanOutcome.NotUnderstood not:
                    Help = not.Help;
                    return null;
                default:
                    Help = PlannerHelp.For(table);
                    return null;
            }
        }
    }

    private async Task AskAsync(PlanOutcome.Unclear unclear)
    {
        await log.InfoAsync(AskStep, $"Waiting for user confirmation: {unclear.Question}").ConfigureAwait(false);
        var answer = await context.AskAsync(unclear.Question, unclear.Options, services.Options.Value.AnswerTimeout).ConfigureAwait(false)
            ?? throw new WorkloadException("no_answer", "The question is unclear, and nobody chose what is meant in time. Ask it again, and name the column.");
        choices[unclear.Term] = answer;
        if (session is not null)
            await services.Sessions.ChooseAsync(session, unclear.Term, answer, context.CancellationToken).ConfigureAwait(false);
        await log.SuccessAsync(AskStep, $"Query expanded: '{unclear.Term}' means {answer}").ConfigureAwait(false);
    }
}
