using System.Runtime.InteropServices;
using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription.Audio;
using ProgressHub.Workloads.Workers;
using Whisper.net;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>The worker that hears with whisper.cpp's library. Its model stays loaded from one request to the next.</summary>
internal sealed class WhisperWorker : IWorkerHandler
{
    public const string Kind = "whisper";
    public const string Transcribe = "transcribe";
    private const double TokenUnit = 0.01;
    private (string Path, DateTime Written, WhisperFactory Factory)? _model;

    public JsonElement Handle(string operation, JsonElement input, Action<JsonElement> progress)
    {
        if (operation != Transcribe)
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");
        var request = input.Deserialize(WhisperJson.Default.WhisperRequest)!;
        var part = request.Parts.Count > 0 ? request.Parts[0] : new WhisperPart(0, 0);
        string? language = null;
        using var processor = Builder(request)
            .WithProgressHandler(percent => Tell(new WhisperNews(Reached: part.Start + ((part.End - part.Start) * Math.Clamp(percent / 100.0, 0, 1)))))
            .WithSegmentEventHandler(segment =>
            {
                language ??= segment.Language;
                Tell(new WhisperNews(Segment: Segment(segment, part.Start)));
            })
            .Build();
        Tell(new WhisperNews(Loaded: true));
        foreach (var next in request.Parts)
        {
            part = next;
            processor.Process(Samples(request.Audio, part));

            // As whisper.cpp's own program: the language of a recording is found once.
            if (request.Language is null && language is not null)
                processor.ChangeLanguage(language);
        }

        return JsonSerializer.SerializeToElement(new WhisperReply(language), WhisperJson.Default.WhisperReply);

        void Tell(WhisperNews news) => progress(JsonSerializer.SerializeToElement(news, WhisperJson.Default.WhisperNews));
    }

    public void Dispose() => _model?.Factory.Dispose();

    private WhisperProcessorBuilder Builder(WhisperRequest request)
    {
        var builder = Load(request.Model)
            .WithThreads(request.Threads)
            .WithTokenTimestamps()
            .WithLanguage(request.Language ?? "auto");
        if (request.Translates)
            builder = builder.WithTranslate();
        if (request.Prompt is { } prompt)
            builder = builder.WithPrompt(prompt);
        return request.Temperature is { } temperature ? builder.WithTemperature(temperature) : builder;
    }

    private WhisperProcessorBuilder Load(string path)
    {
        var written = File.GetLastWriteTimeUtc(path);
        try
        {
            if (_model is not { } model || model.Path != path || model.Written != written)
            {
                _model?.Factory.Dispose();
                _model = null;
                _model = (path, written, WhisperFactory.FromPath(path, new WhisperFactoryOptions { UseGpu = false }));
            }

            return _model.Value.Factory.CreateBuilder();
        }
        catch (WhisperModelLoadException broken)
        {
            throw WhisperModels.Unusable(path, "it is broken, cut off, or no model of whisper.cpp's", broken);
        }
        catch (Exception missing) when (missing is DllNotFoundException or FileNotFoundException or PlatformNotSupportedException
            || missing.Message.Contains("native", StringComparison.OrdinalIgnoreCase))
        {
            throw new WorkloadException("engine_unavailable", "The library of whisper.cpp does not load on this machine; it needs a processor with AVX.", missing);
        }
    }

    private static WhisperSegment Segment(SegmentData segment, double offset)
    {
        // What stands for no text is called [_BEG_], [_TT_50] and the like.
        var tokens = (segment.Tokens ?? [])
            .Where(token => token.Text is { Length: > 0 } text && !text.StartsWith("[_", StringComparison.Ordinal))
            .Select(token => new TimedToken(token.Text!, offset + (token.Start * TokenUnit), offset + (token.End * TokenUnit)));
        return new WhisperSegment(
            offset + segment.Start.TotalSeconds, offset + segment.End.TotalSeconds, segment.Text, WhisperWords.Of(segment.Text, tokens));
    }

    private static float[] Samples(string path, WhisperPart part)
    {
        using var file = File.OpenRead(path);
        var first = Math.Max(0, (long)(part.Start * SpeechAudio.SampleRate)) * sizeof(short);
        file.Position = Math.Min(SpeechAudio.HeaderBytes + first, file.Length);
        var wanted = (long)((part.End - part.Start) * SpeechAudio.SampleRate) * sizeof(short);
        var bytes = new byte[Math.Clamp(wanted, 0, file.Length - file.Position)];
        file.ReadExactly(bytes);
        var samples = MemoryMarshal.Cast<byte, short>(bytes);
        var floats = new float[samples.Length];
        for (var i = 0; i < floats.Length; i++)
            floats[i] = samples[i] / 32768f;
        return floats;
    }
}
