namespace ProgressHub.Core.Workloads;

/// <summary>
/// Marks the top-level property of an input that names uploaded files: a text for one file, a list of texts for several,
/// as many as its <see cref="System.ComponentModel.DataAnnotations.MaxLengthAttribute"/> says. See
/// <see cref="WorkloadDescriptor.FileInput"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class FileInputAttribute : Attribute;
