using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>
/// Writes models in whisper.cpp's file format with which its real library hears a given text in any sound. All weights of
/// the network are nothing but those of the decoder's positions: the place in the text alone decides what comes next. What
/// it hears proves nothing of how well real models hear.
/// </summary>
internal sealed class ScriptedModel
{
    private const int Magic = 0x67676d6c;
    private const int AudioContext = 1500;
    private const int TextContext = 448;
    private const int Width = 64;
    private const int Mels = 80;
    private const int Bins = 201;
    private const int Multilingual = 51_865;
    private const int EndOfText = 50_257;
    private const int FirstLanguage = 50_259;
    private const int FirstTimestamp = 50_364;
    private const int TimestampsPerSecond = 50;

    // A prompt comes before: <|startoftranscript|>, the language, the task.
    private const int Prompted = 3;

    /// <summary>What is heard, token by token, each with the space before it.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [" Front", " centre", "."];

    /// <summary>Where the one segment of a window ends; the next window begins there.</summary>
    public double Seconds { get; init; } = 30;

    /// <summary>Which of Whisper's languages is found, by its number: 0 for English, 2 for German.</summary>
    public int Language { get; init; }

    /// <summary>Attention heads; 0 in a broken model.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>Layers that hear; more of them take longer.</summary>
    public int AudioLayers { get; init; } = 1;

    /// <summary>Layers that the head of the file tells; differs from those that follow in a broken model.</summary>
    public int? ToldTextLayers { get; init; }

    /// <summary>How many tokens the head of the file tells; differs from those that follow in a broken model.</summary>
    public int? ToldVocabulary { get; init; }

    /// <summary>Writes it as <c>ggml-NAME.bin</c> into a folder; returns its path.</summary>
    public string Write(string folder, string name)
    {
        var path = Path.Combine(folder, $"ggml-{name}.bin");
        using var file = new BinaryWriter(File.Create(path));
        int[] head =
        [
            Magic, ToldVocabulary ?? Multilingual, AudioContext, Width, Heads, AudioLayers, TextContext, Width, Heads, ToldTextLayers ?? 1, Mels, 1,
            Mels, Bins,
        ];
        foreach (var number in head)
            file.Write(number);
        for (var i = 0; i < Mels * Bins; i++)
            file.Write(i / Bins == i % Bins / 2 ? 1f : 0f);
        WriteTokens(file);
        WriteEncoder(new TensorWriter(file));
        WriteDecoder(new TensorWriter(file));
        return path;
    }

    private void WriteTokens(BinaryWriter file)
    {
        var texts = Tokens.Prepend(" ").Select(Encoding.UTF8.GetBytes).ToList();
        file.Write(texts.Count);
        foreach (var text in texts)
        {
            file.Write(text.Length);
            file.Write(text);
        }
    }

    private void WriteEncoder(TensorWriter tensors)
    {
        tensors.Plain("encoder.positional_embedding", null, Width, AudioContext);
        tensors.HalfPrecision("encoder.conv1.weight", null, 3, Mels, Width);
        tensors.Plain("encoder.conv1.bias", null, 1, Width);
        tensors.HalfPrecision("encoder.conv2.weight", null, 3, Width, Width);
        tensors.Plain("encoder.conv2.bias", null, 1, Width);
        for (var i = 0; i < AudioLayers; i++)
            tensors.Block($"encoder.blocks.{i}", Width, hears: false);
        tensors.Norm("encoder.ln_post", Width);
    }

    private void WriteDecoder(TensorWriter tensors)
    {
        int[] said = [FirstTimestamp, .. Enumerable.Range(1, Tokens.Count), FirstTimestamp + (int)Math.Round(Seconds * TimestampsPerSecond), EndOfText];

        // Each token that is said has a direction of its own, in which its position points.
        var language = FirstLanguage + Language;
        var directions = said.Append(language).Distinct().ToArray();
        var positions = new float[TextContext * Width];
        for (var position = 0; position < TextContext; position++)
        {
            var next = position < Prompted - 1 ? language : said[Math.Min(position - Prompted + 1, said.Length - 1)];
            positions[(position * Width) + Array.IndexOf(directions, next)] = 100;
        }

        var embedding = new float[Multilingual * Width];
        for (var i = 0; i < directions.Length; i++)
            embedding[(directions[i] * Width) + i] = 5;
        tensors.Plain("decoder.positional_embedding", positions, Width, TextContext);
        tensors.HalfPrecision("decoder.token_embedding.weight", embedding, Width, Multilingual);
        tensors.Block("decoder.blocks.0", Width, hears: true);
        tensors.Norm("decoder.ln", Width);
    }

    /// <summary>Writes tensors: their dimensions, type, name and values.</summary>
    private sealed class TensorWriter(BinaryWriter file)
    {
        public void Plain(string name, float[]? values, params int[] shape)
        {
            Head(name, 0, shape);
            for (var i = 0; i < shape.Aggregate((a, b) => a * b); i++)
                file.Write(values?[i] ?? 0f);
        }

        public void HalfPrecision(string name, float[]? values, params int[] shape)
        {
            Head(name, 1, shape);
            for (var i = 0; i < shape.Aggregate((a, b) => a * b); i++)
                file.Write((Half)(values?[i] ?? 0f));
        }

        public void Norm(string name, int width)
        {
            Plain($"{name}.weight", [.. Enumerable.Repeat(1f, width)], width);
            Plain($"{name}.bias", null, width);
        }

        public void Block(string name, int width, bool hears)
        {
            Attention($"{name}.attn", width);
            if (hears)
                Attention($"{name}.cross_attn", width);
            Norm($"{name}.mlp_ln", width);
            Linear($"{name}.mlp.0", width, 4 * width);
            Linear($"{name}.mlp.2", 4 * width, width);
        }

        private void Attention(string name, int width)
        {
            Norm($"{name}_ln", width);
            Linear($"{name}.query", width, width);
            HalfPrecision($"{name}.key.weight", null, width, width);
            Linear($"{name}.value", width, width);
            Linear($"{name}.out", width, width);
        }

        private void Linear(string name, int from, int to)
        {
            HalfPrecision($"{name}.weight", null, from, to);
            Plain($"{name}.bias", null, to);
        }

        private void Head(string name, int type, int[] shape)
        {
            file.Write(shape.Length);
            file.Write(name.Length);
            file.Write(type);
            foreach (var length in shape)
                file.Write(length);
            file.Write(Encoding.ASCII.GetBytes(name));
        }
    }
}
