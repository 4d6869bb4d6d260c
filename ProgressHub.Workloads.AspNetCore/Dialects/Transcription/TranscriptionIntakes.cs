using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>Makes what takes a request's recording.</summary>
internal sealed class TranscriptionIntakes(
    JobService jobs, UploadService uploads, ModelChoice models, IOptions<LimitOptions> limits)
{
    /// <summary>The intake of a request, of whose body nothing has been read.</summary>
    public TranscriptionIntake Of(HttpContext context, TranscriptionFields fields) =>
        new(context, new FormParts(context.Request, limits.Value.MaxBodyBytes), fields, models, uploads, jobs);
}
