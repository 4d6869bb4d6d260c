namespace ProgressHub.Core.Workloads.Inference;

/// <summary>Turns short texts into vectors of length 1, so that a dot product is a cosine.</summary>
internal interface ITextEmbedder
{
    /// <summary>Its name and version: vectors of two embedders with different names can't be compared.</summary>
    string Id { get; }

    /// <summary>The vector of a text; all zeros where it has no word.</summary>
    float[] Embed(string text);
}
