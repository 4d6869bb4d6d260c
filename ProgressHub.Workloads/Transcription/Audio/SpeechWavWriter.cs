using System.Buffers.Binary;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>Writes samples as the WAV that engines take; the header is right once it is disposed.</summary>
internal sealed class SpeechWavWriter : IDisposable
{
    private readonly FileStream _file;
    private byte[] _buffer = [];

    public SpeechWavWriter(string path)
    {
        _file = File.Create(path);
        _file.Write(SpeechAudio.Header(0));
    }

    public void Write(ReadOnlySpan<float> samples)
    {
        if (_buffer.Length < samples.Length * 2)
            _buffer = new byte[samples.Length * 2];
        for (var i = 0; i < samples.Length; i++)
        {
            var value = (short)Math.Clamp(MathF.Round(samples[i] * 32768f), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(_buffer.AsSpan(i * 2), value);
        }

        _file.Write(_buffer.AsSpan(0, samples.Length * 2));
    }

    public void Dispose()
    {
        _file.Position = 0;
        _file.Write(SpeechAudio.Header(_file.Length - SpeechAudio.HeaderBytes));
        _file.Dispose();
    }
}
