namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>A language of messages and answers.</summary>
internal enum AskLanguage
{
    English,

    /// <summary>In Traditional characters.</summary>
    Chinese,
}
