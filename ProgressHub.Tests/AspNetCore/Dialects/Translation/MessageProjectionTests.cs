using System.Text;
using System.Text.Json;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.AspNetCore.Dialects.Translation;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

public sealed class MessageProjectionTests
{
    private static readonly DateTimeOffset Begun = DateTimeOffset.FromUnixTimeSeconds(1_705_312_200);
    private static readonly TimeSpan FourHours = TimeSpan.FromHours(4);
    private static readonly JobId Id = JobId.New();

    [Theory]
    [InlineData(1, "Completed batch 1/47 (12%)", "12.0")]
    [InlineData(12, "Completed batch 12/47 (32%)", "32.0")]
    [InlineData(46, "Completed batch 46/47 (93%)", "93.0")]
    [InlineData(47, "Completed batch 47/47 (95%)", "95.0")]
    public void Percent_and_words_say_the_same(int batches, string words, string number)
    {
        var status = Json(MessageProjection.Status(Running(0.1 + (0.85 * batches / 47), batches))).GetProperty("status");

        Assert.Equal(words, status.Text("message"));
        Assert.Equal(number, status.GetProperty("progress").GetRawText());
        Assert.Equal("started", status.Text("status_type"));
    }

    [Fact]
    public void Only_what_is_all_translated_is_at_100()
    {
        Assert.Equal(99, MessageProjection.Status(Running(0.9999, 47)).Status.Progress);
        Assert.Equal(99, MessageProjection.Status(Running(0.9999, 47) with { State = JobState.Failed }).Status.Progress);
        Assert.Equal(100, MessageProjection.Status(Running(1, 47) with { State = JobState.Succeeded }).Status.Progress);
    }

    [Fact]
    public void Each_state_has_its_word()
    {
        var queued = JobSnapshot.Empty(Id, Begun);
        var again = Running(0.1, 0) with { State = JobState.Queued, Message = "The engine at x can't be reached." };
        var failed = Running(0.4, 9) with { State = JobState.Failed, Error = new JobError("engine_rejected_key", "No such key.") };

        Assert.Equal(("queued", "Waiting for a free place (0%)"), Words(queued));
        Assert.Equal(("queued", "Trying again: The engine at x can't be reached (10%)"), Words(again));
        Assert.Equal(("failed", "Translation failed: No such key (40%)"), Words(failed));
        Assert.Equal(("canceled", "Translation canceled (40%)"), Words(failed with { State = JobState.Canceled }));
        Assert.Equal(("started", "Stopping (40%)"), Words(failed with { State = JobState.Canceling }));
        Assert.Equal(new MessageError("engine_rejected_key", "No such key."), MessageProjection.Status(failed).Error);
    }

    [Fact]
    public void Only_after_the_end_is_there_a_whole_translation()
    {
        var result = new ResultDocument("text/plain", "t.txt", Encoding.UTF8.GetBytes("完了 🚀"));

        Assert.Null(MessageProjection.Status(Running(0.5, 3), result).Content);
        var text = Encoding.UTF8.GetString(MessageText.Of(MessageProjection.Status(Running(1, 47) with { State = JobState.Succeeded }, result)));
        Assert.Contains("\"content\":\"完了 🚀\"", text.Replace("\\uD83D\\uDE80", "🚀", StringComparison.OrdinalIgnoreCase), StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_stand_by_number_and_those_that_failed_apart()
    {
        var partials = MessageProjection.Partials(
            Running(0.3, 4), [Piece(11, 40), Piece(2, 10), Piece(0, 20), Piece(7, 30, "refused")], Begun + FourHours, FourHours);

        var json = Json(partials);
        Assert.Equal(["0", "2", "11"], json.GetProperty("partial_results").EnumerateObject().Select(p => p.Name));
        Assert.Equal("""{"7":"refused"}""", json.GetProperty("failed_batches").GetRawText());
        Assert.Equal("1705312240.0", json.GetProperty("last_updated").GetRawText());
        Assert.Equal((3, 47, 6), (partials.CompletedBatches, partials.TotalBatches, partials.CompletionPercentage));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(12, 25)]
    [InlineData(47, 100)]
    public void The_share_of_the_batches_is_rounded_down(int batches, int percentage) => Assert.Equal(
        percentage,
        MessageProjection.Partials(Running(0.3, batches), [.. Enumerable.Range(0, batches).Select(i => Piece(i, i))], Begun, FourHours)
            .CompletionPercentage);

    [Fact]
    public void Before_the_text_is_cut_there_is_nothing_and_nothing_expires()
    {
        var partials = MessageProjection.Partials(JobSnapshot.Empty(Id, Begun), [], Begun + TimeSpan.FromDays(2), FourHours);

        Assert.Equal((true, "in_progress", 0, 0), (partials.Success, partials.Status, partials.TotalBatches, partials.CompletionPercentage));
        Assert.Equal("1705312200.0", Json(partials).GetProperty("last_updated").GetRawText());
    }

    [Fact]
    public void Four_hours_after_the_last_of_them_they_have_expired()
    {
        PartialEvent[] pieces = [Piece(0, 0), Piece(1, 60)];
        var last = Begun + TimeSpan.FromSeconds(60);

        Assert.Equal("in_progress", MessageProjection.Partials(Running(0.3, 2), pieces, last + FourHours, FourHours).Status);
        var gone = MessageProjection.Partials(Running(0.3, 2), pieces, last + FourHours + TimeSpan.FromSeconds(1), FourHours);

        Assert.Equal((false, "expired", "partials_expired"), (gone.Success, gone.Status, gone.Error!.Code));
        Assert.Contains("4 hours", gone.Error.Message, StringComparison.Ordinal);
        Assert.Empty(gone.PartialResults);
        Assert.Equal((2, 47), (gone.CompletedBatches, gone.TotalBatches));
    }

    [Theory]
    [InlineData("claude-3-haiku-20240307", "anthropic")]
    [InlineData(" Claude-sonnet-4-5 ", "anthropic")]
    [InlineData("gpt-4o-mini", "openai")]
    [InlineData("chatgpt-4o-latest", "openai")]
    [InlineData("o1", "openai")]
    [InlineData("o3-mini", "openai")]
    [InlineData("llama3.1", null)]
    [InlineData("olmo-2", null)]
    [InlineData("my-claude-clone", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void The_name_of_a_model_says_whose_it_is(string? name, string? engine) => Assert.Equal(engine, ModelEngines.Of(name));

    [Fact]
    public void A_refusal_speaks_in_the_names_that_were_sent()
    {
        var problem = Problem.Of(422, "unsupported_language", "'targetLanguage' is odd. Send apiKey or send apiKey.", "targetLanguage");

        var error = JsonDocument.Parse(new MessageRefusals().Serialize(problem)).RootElement;

        Assert.False(error.GetProperty("success").GetBoolean());
        Assert.Equal("target_language", error.GetProperty("error").Text("property"));
        Assert.StartsWith("'target_language' is odd.", error.GetProperty("error").Text("message"), StringComparison.Ordinal);
        Assert.EndsWith("send api_key.", error.GetProperty("error").Text("message"), StringComparison.Ordinal);
    }

    private static JobSnapshot Running(double fraction, int batches) => JobSnapshot.Empty(Id, Begun) with
    {
        State = JobState.Running, Attempt = 1, Fraction = fraction, Message = $"Completed batch {batches}/47",
        Current = batches, Total = 47, Unit = "batches",
    };

    private static PartialEvent Piece(int index, int seconds, string? error = null) =>
        new(index, 47, error is null, $"Piece {index}", Error: error) { At = Begun + TimeSpan.FromSeconds(seconds) };

    private static (string Type, string Message) Words(JobSnapshot job) =>
        (MessageProjection.Status(job).Status.StatusType, MessageProjection.Status(job).Status.Text);

    private static JsonElement Json(Message message) => JsonDocument.Parse(MessageText.Of(message)).RootElement;

    private static JsonElement Json(MessagePartials partials) => JsonDocument.Parse(MessageText.Of(partials)).RootElement;
}
