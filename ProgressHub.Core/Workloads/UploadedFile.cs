namespace ProgressHub.Core.Workloads;

/// <summary>A file of a job, whole and on this machine.</summary>
/// <param name="Id">Its identity, 32 lower-case hexadecimal digits.</param>
/// <param name="Name">What its sender called it: text to show, never a path.</param>
/// <param name="MediaType">
/// What its first bytes say it is, such as <c>audio/wav</c>; <c>application/octet-stream</c> where they say nothing. For
/// a derived file, what the workload said.
/// </param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Path">Where it lies. To be read, never changed: several jobs may share it.</param>
public sealed record UploadedFile(string Id, string Name, string MediaType, long Length, string Path);
