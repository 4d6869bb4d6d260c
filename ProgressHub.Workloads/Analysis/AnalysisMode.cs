namespace ProgressHub.Workloads.Analysis;

/// <summary>What is wanted of a table.</summary>
internal enum AnalysisMode
{
    /// <summary>The answer to a question.</summary>
    Question,

    /// <summary>What is known about a question: earlier ones like it, the columns and values it speaks of.</summary>
    Search,

    /// <summary>What a query of the asker's gives.</summary>
    Execute,
}
