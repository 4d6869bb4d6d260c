namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>Takes frames of any number of channels and writes one mix of them as the WAV that engines take.</summary>
internal sealed class ChannelSink(string path, WavFormat format, IReadOnlyList<float> weights) : IDisposable
{
    private readonly SpeechWavWriter _writer = new(path);
    private readonly Resampler? _resampler =
        format.SampleRate == SpeechAudio.SampleRate ? null : new Resampler(format.SampleRate, SpeechAudio.SampleRate);

    private float[] _mono = [];

    public string Path => path;

    public void Write(ReadOnlySpan<float> frames)
    {
        var count = frames.Length / format.Channels;
        if (_mono.Length < count)
            _mono = new float[count];
        for (var i = 0; i < count; i++)
        {
            var sum = 0f;
            for (var channel = 0; channel < format.Channels; channel++)
                sum += weights[channel] * frames[(i * format.Channels) + channel];
            _mono[i] = sum;
        }

        var mixed = _mono.AsSpan(0, count);
        _writer.Write(_resampler is null ? mixed : _resampler.Push(mixed));
    }

    /// <summary>Writes what is still to come once there are no more frames.</summary>
    public void Finish()
    {
        if (_resampler is not null)
            _writer.Write(_resampler.Finish());
    }

    public void Dispose() => _writer.Dispose();
}
