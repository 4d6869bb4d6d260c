namespace ProgressHub.Core.Events;
/// <summary>x</summary>
public sealed class EventWriter;
