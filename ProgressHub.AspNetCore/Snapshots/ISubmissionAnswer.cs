using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>Adds to the answer of a submission what only its submitter may know, such as a token to report with.</summary>
internal interface ISubmissionAnswer
{
    /// <summary>The receipt to answer with; the one given where there is nothing to add.</summary>
    /// <param name="accepted">The accepted job.</param>
    /// <param name="receipt">What its submitter is told so far.</param>
    SubmissionReceipt Complete(JobSnapshot accepted, SubmissionReceipt receipt);
}
