using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>
/// A transcription server's API: <c>/transcribe</c> with its progress by id, and OpenAI's <c>/v1/audio/transcriptions</c>,
/// <c>/v1/audio/translations</c> and <c>/v1/models</c>.
/// </summary>
internal sealed class TranscriptionDialect(
    TranscriptionEndpoint transcriptions, ProgressEndpoints progress, ModelChoice models) : IDialect
{
    /// <summary>The workload that does the work.</summary>
    public const string Kind = "transcription";

    private const string Form = "multipart/form-data";

    public string Name => "Transcription";

    public string Description => "A transcription server's routes, and OpenAI's for speech.";

    public void Map(IEndpointRouteBuilder routes)
    {
        var plain = routes.MapGroup("").WithMetadata(TranscriptionShape.Plain);
        plain.MapPost("/transcribe", TranscribeAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Describe(
                "transcribe", "Transcribes a recording",
                $"A form ({Form}) with `file` and, before or after it, `model`, `language`, `prompt`, `temperature` and `job_id`. " +
                "`X-Job-Id` goes out before the work; `job_id` may be chosen by the client, here, as `?job_id=` or as `X-Job-Id`. " +
                "`?async=true` or `Prefer: respond-async` answers 202 at once.")
            .Produces<TranscribeView>()
            .Produces<AcceptedView>(StatusCodes.Status202Accepted)
            .Problems(400, 409, 413, 415, 422, 429, 503);
        plain.MapGet("/progress/{id}", progress.GetAsync)
            .Produces<ProgressView>()
            .Describe("getTranscriptionProgress", "How far a transcription is", "`status`, `progress` (0 to 100), `message` and `job_id`.")
            .Problems(404);
        plain.MapGet("/progress/{id}/stream", progress.StreamAsync)
            .WithMetadata(TakesTicket.OfJob)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Describe(
                "streamTranscriptionProgress", "The same as it goes on",
                "Unnamed events, at least one each 500 ms. May be opened shortly before the job is there.")
            .Problems(404, 429);

        var openAI = routes.MapGroup("/v1").WithMetadata(TranscriptionShape.OpenAI);
        openAI.MapPost("/audio/transcriptions", CreateAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Describe(
                "createTranscription", "OpenAI's transcription",
                $"OpenAI's contract: a form ({Form}) with `file`, `model`, `language`, `prompt`, `temperature`, `response_format` " +
                "(json, text, srt, verbose_json, vtt), `timestamp_granularities[]` (segment, word) and `stream`; besides, all of `/transcribe`. " +
                "With `channels=separate`, or `diarize=true`, each channel of a call is heard by itself.")
            .Produces<TranscriptionView>()
            .Produces<AcceptedView>(StatusCodes.Status202Accepted)
            .Problems(400, 409, 413, 415, 429, 503);
        openAI.MapPost("/audio/translations", TranslateAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Describe("createTranslation", "OpenAI's translation into English", "As a transcription; the text is English, whatever is spoken.")
            .Produces<TranscriptionView>()
            .Produces<AcceptedView>(StatusCodes.Status202Accepted)
            .Problems(400, 409, 413, 415, 429, 503);
        openAI.MapGet("/models", ListAsync)
            .Produces<ModelList>()
            .Describe("listModels", "What is ready to transcribe, in OpenAI's shape", "Engines, and the models of those that have several.");
        openAI.MapGet("/models/{model}", FindAsync)
            .Produces<ModelView>()
            .Describe("getModel", "One of them", "404 for a name that a request may use all the same, and the default engine answers to.")
            .Problems(404);
        openAI.Map("/{**rest}", NothingHere).ExcludeFromDescription();
    }

    private Task TranscribeAsync(HttpContext context, CancellationToken aborted) => transcriptions.RunAsync(context, TranscriptionRoute.Plain, aborted);

    private Task CreateAsync(HttpContext context, CancellationToken aborted) => transcriptions.RunAsync(context, TranscriptionRoute.OpenAI, aborted);

    private Task TranslateAsync(HttpContext context, CancellationToken aborted) => transcriptions.RunAsync(context, TranscriptionRoute.OpenAITranslation, aborted);

    private async Task<IResult> ListAsync(CancellationToken aborted) => TypedResults.Json(
        new ModelList("list", await models.ListAsync(aborted)), TranscriptionJson.Wire.ModelList);

    private async Task<IResult> FindAsync(string model, CancellationToken aborted) =>
        (await models.ListAsync(aborted)).FirstOrDefault(m => m.Id == model) is { } found
            ? TypedResults.Json(found, TranscriptionJson.Wire.ModelView)
            : new ProblemResult(Problem.Of(
                StatusCodes.Status404NotFound, "model_not_found", $"The model '{(model.Length <= 100 ? model : model[..100])}' does not exist here.", "model"));

    // OpenAI's other addresses, and wrong methods: its clients read no other shape of an error.
    private static ProblemResult NothingHere(HttpContext context)
    {
        var allowed = context.Request.Path.Value?.TrimEnd('/') switch
        {
            "/v1/audio/transcriptions" or "/v1/audio/translations" => HttpMethods.Post,
            "/v1/models" => HttpMethods.Get,
            _ => null,
        };
        if (allowed is null)
            return new ProblemResult(Problem.Of(StatusCodes.Status404NotFound, "not_found", "Of OpenAI's API this server has audio/transcriptions, audio/translations and models."));
        context.Response.Headers.Allow = allowed;
        return new ProblemResult(ProblemMapping.Of(StatusCodes.Status405MethodNotAllowed));
    }
}
