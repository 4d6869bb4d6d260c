using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Core.Webhooks;

/// <summary>How webhooks are sent. Configuration section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Webhooks";

    /// <summary>Whether receivers may be anywhere, also on this machine and in this network.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Receivers that are not public and yet allowed: host names, addresses, or networks such as <c>10.1.0.0/16</c>.</summary>
    public string[] AllowedAddresses { get; set; } = [];

    /// <summary>How many messages are under way at once.</summary>
    [Range(1, 1000)]
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>How many of them to one host and port.</summary>
    [Range(1, 1000)]
    public int MaxConcurrencyPerHost { get; set; } = 2;

    /// <summary>How long a receiver may take to answer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after an event its delivery is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// How long to wait after each failure; the last counts for all that follow. By default from 5 s to 6 h, each with up
    /// to a fifth more or less.
    /// </summary>
    public TimeSpan[]? RetryDelays { get; set; }
}
