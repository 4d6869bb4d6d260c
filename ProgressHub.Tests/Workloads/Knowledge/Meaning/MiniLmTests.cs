using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Tests.Workloads.Knowledge.Meaning;

/// <summary>The model of the package, run by ONNX Runtime in this process.</summary>
public sealed class MiniLmTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly MiniLm _model;
    private readonly MiniLmEmbedder _embedder;

    public MiniLmTests()
    {
        _model = new MiniLm(
            Options.Create(new MiniLmOptions { Threads = 1, UnloadAfter = TimeSpan.FromMinutes(5) }), _time, NullLogger<MiniLm>.Instance);
        _embedder = new MiniLmEmbedder(_model);
    }

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task It_is_loaded_when_first_needed_and_released_when_it_was_not_for_a_while()
    {
        Assert.False(_model.IsLoaded);
        var first = await EmbedAsync("The lamp is lit at dusk.");
        Assert.True(_model.IsLoaded);

        _time.Advance(TimeSpan.FromMinutes(4));
        await EmbedAsync("The lamp is lit at dusk.");
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.True(_model.IsLoaded);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_model.IsLoaded);

        Assert.Equal(first[0], (await EmbedAsync("The lamp is lit at dusk."))[0]);
    }

    [Theory]
    [InlineData("倉庫的電話號碼"), InlineData("Die Möwen lassen sich mit dem Band vom Dach vertreiben."), InlineData("Привет, как дела?"), InlineData("…"), InlineData("")]
    public async Task What_is_not_English_does_without_it(string text)
    {
        var vector = Assert.Single(await EmbedAsync(text));

        Assert.False(_model.IsLoaded);
        Assert.Null(_embedder.Part.Query(vector));
        Assert.Equal(HashedEmbedder.Embed(text).Any(v => v != 0), _embedder.Parts[1].Query(vector) is not null);
    }

    [Fact]
    public async Task A_vector_has_length_1_and_does_not_depend_on_what_is_embedded_beside_it()
    {
        string[] texts = ["Trim the wick.", "倉庫的電話號碼", string.Join(' ', Enumerable.Repeat("The quick brown fox jumps over the lazy dog.", 200)), "gulls \u0001\uFFFE \ud800"];

        var together = await EmbedAsync([.. texts, .. Enumerable.Range(0, 20).Select(i => $"Sentence {i} of a longer batch.")]);
        for (var i = 0; i < texts.Length; i++)
        {
            Assert.Equal(1, TensorPrimitives.Norm<float>(together[i]), 3);
            var alone = (await EmbedAsync(texts[i]))[0];
            Assert.Equal(1, TensorPrimitives.CosineSimilarity<float>(alone, together[i]), 3);
        }
    }

    [Theory]
    [InlineData("how do I keep birds off", "Scaring gulls away: hang reflective tape over the balcony.", "The bakery opens at six.")]
    [InlineData("I forgot my login", "To reset your password, open the settings page.", "Hang reflective tape over the balcony.")]
    public async Task What_means_the_same_is_nearer_than_what_does_not(string question, string right, string wrong)
    {
        var vectors = await EmbedAsync(question, right, wrong);
        var query = _embedder.Part.Query(vectors[0])!;

        Assert.True(Cosine(vectors[1]) > Cosine(vectors[2]) + 0.2, $"{Cosine(vectors[1])} and {Cosine(vectors[2])}");

        float Cosine(float[] vector) => TensorPrimitives.Dot<float>(query, vector) / _embedder.Part.Norm;
    }

    [Fact]
    public async Task A_cancel_ends_a_long_list_before_its_end()
    {
        using var cancellation = new CancellationTokenSource();
        string[] texts = [.. Enumerable.Range(0, 5000).Select(i => $"Passage {i} tells of the valve that is closed at noon, and of who closes it.")];
        var running = _model.EmbedAsync(texts, cancellation.Token);
        await Patience.UntilAsync(() => _model.IsLoaded, "it has begun");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).Soon();
        Assert.Equal(1, TensorPrimitives.Norm<float>((await EmbedAsync("It works afterwards."))[0]), 3);
    }

    [Fact]
    public async Task A_question_does_not_wait_for_all_of_somebody_elses_documents()
    {
        using var cancellation = new CancellationTokenSource();
        string[] texts = [.. Enumerable.Range(0, 5000).Select(i => $"Passage {i} tells of the valve that is closed at noon, and of who closes it.")];
        var documents = _model.EmbedAsync(texts, cancellation.Token);

        await EmbedAsync("Who closes the valve?").Soon();

        Assert.False(documents.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => documents).Soon();
    }

    [Theory]
    [InlineData("How much vacation do I get?", "how much vacation do i get?"), InlineData("ＦＵＬＬ width", "full width"), InlineData("E34", "e34")]
    [InlineData("第一籤 晨門初開\nThe gate swings wide while dew is cold", "the gate swings wide while dew is cold")]
    [InlineData("我的 iPhone 壞了", null), InlineData("wie halte ich Vögel fern", null), InlineData("¿Dónde está la biblioteca?", null), InlineData("où est la gare", null)]
    [InlineData("Un café au lait s'il vous plaît", null), InlineData("The café on the corner is open until noon", "the café on the corner is open until noon")]
    public void The_English_of_a_text_is_told_from_the_rest(string text, string? english) => Assert.Equal(english, EnglishText.Of(text)?.Trim());

    [Theory]
    [InlineData("![a](", 180), InlineData("| --- | --- |\n", 60), InlineData("a ", 400), InlineData("lorem lorem ", 70), InlineData("<br/>&nbsp;", 80)]
    [InlineData("0x7f 3.14 2,718 ", 50), InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\n", 12)]
    [InlineData("TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieSB0aGlz", 8), InlineData("{}[]();:=>", 90)]
    [InlineData("3b241101-e2bb-4255-8caf-4136c566a962, ", 20), InlineData("xkcd qwrt zzpf bcdf ghjk ", 30), InlineData("~~~ *** ### >>> ", 60)]
    public void What_is_no_language_is_not_English(string piece, int times) =>
        Assert.Null(EnglishText.Of($"notes\n{string.Concat(Enumerable.Repeat(piece, times))}"));

    [Theory]
    [InlineData("def mean(values): return sum(values) / len(values)  # the mean of all values; raises an error where there are none")]
    [InlineData("Kettle, 1.5 l: 29.90 EUR\nToaster, 2 slots: 39.00 EUR\nLamp, brass: 120.00 EUR")]
    [InlineData("2025-01-04 10:22:31 ERROR connection refused to database at 10.0.0.4:5432, retry 3 of 5")]
    [InlineData("We know. We do not say why. We know. We do not say why. We know. We do not say why.")]
    [InlineData("See https://example.org/docs/install-the-server.html for how to install it.")]
    public void Programs_lists_and_logs_have_a_meaning(string text) => Assert.NotNull(EnglishText.Of(text));

    private async Task<IReadOnlyList<float[]>> EmbedAsync(params string[] texts) => await _embedder.EmbedAsync(texts, null, CancellationToken.None);
}
