namespace ProgressHub.Web.Components.Chat;

/// <summary>Where a table is on its way to its session.</summary>
internal enum TableUploadState
{
    /// <summary>None is chosen.</summary>
    Idle,

    /// <summary>Its bytes are being sent.</summary>
    Sending,

    /// <summary>Its rows are being read.</summary>
    Reading,
}
