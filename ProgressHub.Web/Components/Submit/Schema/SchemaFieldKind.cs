namespace ProgressHub.Web.Components.Submit.Schema;

/// <summary>How a property is filled in.</summary>
internal enum SchemaFieldKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Text of several lines.</summary>
    LongText,

    /// <summary>Text that is not shown.</summary>
    Secret,

    /// <summary>One of a few.</summary>
    Choice,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>Texts, one a line.</summary>
    Lines,

    /// <summary>Anything else, as JSON.</summary>
    Json,
}
