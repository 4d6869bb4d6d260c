using MessagePack;
using MessagePack.Formatters;
using MessagePack.Resolvers;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// What the hub sends as MessagePack: the same maps, lists and names as its JSON, made of that JSON. What a client sends is
/// read as that of a stranger: bounded in depth, and into no type but those of the hub's methods.
/// </summary>
internal static class HubMessagePack
{
    public static MessagePackSerializerOptions Options { get; } = MessagePackSerializerOptions.Standard
        .WithResolver(CompositeResolver.Create(
            [new Sent<EventFrame>(Write), new Sent<SnapshotView>(Write), new Sent<WatchAnswer>(Write), new Sent<WatchMineAnswer>(Write), new Sent<StreamItem>(Write)],
            [DynamicEnumAsStringResolver.Instance, ContractlessStandardResolver.Instance]))
        .WithSecurity(MessagePackSecurity.UntrustedData);

    private static void Write(ref MessagePackWriter writer, EventFrame frame) => MessagePackJson.Write(ref writer, frame.Json);

    private static void Write(ref MessagePackWriter writer, SnapshotView view) =>
        MessagePackJson.Write(ref writer, SnapshotJson.Serialize(view));

    private static void Write(ref MessagePackWriter writer, WatchAnswer answer)
    {
        writer.WriteMapHeader(2);
        writer.Write("snapshot");
        Write(ref writer, answer.Snapshot);
        writer.Write("events");
        Write(ref writer, answer.Events);
        answer.Watch?.Begin();
    }

    private static void Write(ref MessagePackWriter writer, WatchMineAnswer answer)
    {
        writer.WriteMapHeader(4);
        writer.Write("jobs");
        writer.WriteArrayHeader(answer.Jobs.Count);
        foreach (var view in answer.Jobs)
            Write(ref writer, view);
        writer.Write("events");
        Write(ref writer, answer.Events);
        writer.Write("cursor");
        writer.Write(answer.Cursor);
        writer.Write("more");
        writer.Write(answer.More);
        answer.Watch?.Begin();
    }

    private static void Write(ref MessagePackWriter writer, StreamItem item)
    {
        writer.WriteMapHeader((item.Snapshot is null ? 0 : 1) + (item.Events is null ? 0 : 1));
        if (item.Snapshot is { } snapshot)
        {
            writer.Write("snapshot");
            Write(ref writer, snapshot);
        }

        if (item.Events is { } events)
        {
            writer.Write("events");
            Write(ref writer, events);
        }
    }

    private static void Write(ref MessagePackWriter writer, IReadOnlyList<EventFrame> events)
    {
        writer.WriteArrayHeader(events.Count);
        foreach (var frame in events)
            Write(ref writer, frame);
    }

    private delegate void Writing<in T>(ref MessagePackWriter writer, T value);

    /// <summary>A formatter of what is sent and never received.</summary>
    private sealed class Sent<T>(Writing<T> write) : IMessagePackFormatter<T?>
        where T : class
    {
        public void Serialize(ref MessagePackWriter writer, T? value, MessagePackSerializerOptions options)
        {
            if (value is null)
                writer.WriteNil();
            else
                write(ref writer, value);
        }

        public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
            throw new MessagePackSerializationException($"A {typeof(T).Name} is sent, never received.");
    }
}
