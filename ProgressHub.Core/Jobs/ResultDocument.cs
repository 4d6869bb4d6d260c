namespace ProgressHub.Core.Jobs;

/// <summary>A result that can be downloaded.</summary>
/// <param name="ContentType">Its media type, with <c>charset=utf-8</c> where it is text.</param>
/// <param name="FileName">What to save it as.</param>
/// <param name="Body">Its bytes.</param>
public sealed record ResultDocument(string ContentType, string FileName, ReadOnlyMemory<byte> Body);
