using Microsoft.Extensions.Primitives;

namespace ProgressHub.Web.Components.Standalone;

/// <summary>The page to watch a job in, as it lies in the web root; read once, and again when it changes.</summary>
internal sealed class WatchTemplate(IWebHostEnvironment environment)
{
    private const string File = "watch/watch.html";
    private Cached? _cached;

    /// <summary>The template.</summary>
    /// <exception cref="FileNotFoundException">The web root has no such file.</exception>
    public async ValueTask<string> ReadAsync(CancellationToken cancellationToken)
    {
        if (_cached is { Changed.HasChanged: false } cached)
            return cached.Text;

        // Watch first, then read: a change in between is seen the next time.
        var files = environment.WebRootFileProvider;
        var changed = files.Watch(File);
        if (files.GetFileInfo(File) is not { Exists: true } file)
            throw new FileNotFoundException($"The web root has no {File}; it comes with the assets of this server.");
        using var reader = new StreamReader(file.CreateReadStream());
        _cached = new Cached(await reader.ReadToEndAsync(cancellationToken), changed);
        return _cached.Text;
    }

    private sealed record Cached(string Text, IChangeToken Changed);
}
