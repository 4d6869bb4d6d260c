namespace ProgressHub.Tests.Architecture.Twice;

/// <summary>Another type has this name too.</summary>
internal sealed class First;
