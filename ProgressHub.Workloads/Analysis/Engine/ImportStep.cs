namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>A part of reading a file into a table.</summary>
internal enum ImportStep
{
    /// <summary>The sheet of a workbook becomes text.</summary>
    Unpacking,

    /// <summary>All of it is read once, to decide what its columns are.</summary>
    Learning,

    /// <summary>Its rows are written.</summary>
    Writing,

    /// <summary>What is in the columns is counted.</summary>
    Counting,

    /// <summary>The file of the database is completed.</summary>
    Saving,
}
