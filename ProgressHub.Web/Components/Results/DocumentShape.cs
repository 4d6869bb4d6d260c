namespace ProgressHub.Web.Components.Results;

/// <summary>How a document is shown.</summary>
internal enum DocumentShape
{
    /// <summary>As the text it is.</summary>
    Text,

    /// <summary>As a tree.</summary>
    Json,

    /// <summary>As rows.</summary>
    Table,

    /// <summary>As a picture.</summary>
    Image,

    /// <summary>To be played.</summary>
    Audio,

    /// <summary>Not at all.</summary>
    Other,
}
