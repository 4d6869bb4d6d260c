namespace ProgressHub.Core.Workloads;

/// <summary>A form in which a result can be had.</summary>
/// <param name="Name">What links call it, such as <c>srt</c>.</param>
/// <param name="ContentType">Its media type, with <c>charset=utf-8</c> where it is text.</param>
public sealed record ResultForm(string Name, string ContentType);
