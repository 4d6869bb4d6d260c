using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>Accepts jobs that come as forms.</summary>
internal sealed class FormSubmissions(
    JobService jobs, UploadService uploads, WorkloadCatalog workloads, IOptions<LimitOptions> limits,
    IHostApplicationLifetime server)
{
    /// <param name="context">The request.</param>
    /// <param name="accept">Makes a request to the engine of what the form says.</param>
    public async Task<Submission> SubmitAsync(HttpContext context, Func<JobSubmission, JobRequest> accept)
    {
        // A file may take its time; the server's stop does not wait for it.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, server.ApplicationStopping);
        var form = new MultipartForm(
            context.Request, limits.Value.MaxBodyBytes, kind => workloads.Find(kind)?.Descriptor.FileInput is not null);
        if (await form.ReadFieldsAsync(ended.Token) is not { } file)
            return await jobs.SubmitAsync(accept(form.ToSubmission()), ended.Token);

        var workload = workloads.Get(form.Kind!).Descriptor;
        return await new FileSubmission(context, form, workload, uploads, jobs, accept).RunAsync(file, ended.Token);
    }
}
