namespace ProgressHub.Core.Webhooks;

/// <summary>A webhook is not one that this server can send.</summary>
/// <param name="code">A stable identifier, such as <c>invalid_webhook_url</c>.</param>
/// <param name="message">What is wrong with it, for a person.</param>
/// <param name="property">What of the request is at fault.</param>
public sealed class InvalidWebhookException(string code, string message, string property) : Exception(message)
{
    /// <summary>The stable identifier.</summary>
    public string Code { get; } = code;

    /// <summary>What of the request is at fault.</summary>
    public string Property { get; } = property;
}
