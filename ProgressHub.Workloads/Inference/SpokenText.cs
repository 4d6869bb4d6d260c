namespace ProgressHub.Workloads.Inference;

/// <summary>Something that a speech model has heard, for good.</summary>
/// <param name="Text">The words.</param>
/// <param name="Start">When they begin in the recording that was sent; null where the model does not say.</param>
/// <param name="End">When they end; null where it does not say.</param>
/// <param name="Language">The language that was heard, by the model's name for it; null where it does not say.</param>
internal readonly record struct SpokenText(string Text, TimeSpan? Start, TimeSpan? End, string? Language);
