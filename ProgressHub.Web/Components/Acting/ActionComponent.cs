using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Acting;

/// <summary>
/// A component in which a user does something to jobs: one thing at a time, within what a user may submit, and with every
/// refusal told in words.
/// </summary>
public abstract class ActionComponent : ComponentBase
{
    private bool _isLeaving;

    /// <summary>The engine.</summary>
    [Inject]
    protected JobService Jobs { get; set; } = null!;

    /// <summary>Who acts.</summary>
    [Inject]
    protected ICaller Caller { get; set; } = null!;

    /// <summary>Goes to other pages.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private SubmissionAllowance Allowance { get; set; } = null!;

    /// <summary>Whether something is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Why the last thing was not done; null where nothing is wrong.</summary>
    protected string? Refusal { get; set; }

    /// <summary>What is said while the store can't be written to.</summary>
    protected virtual string StoreIsDown => UiText.Of("The server can't write to its store now; try again in a moment.");

    /// <summary>Does one thing; nothing while another is being done.</summary>
    protected async Task TryAsync(Func<Task> action)
    {
        if (IsBusy || _isLeaving)
            return;
        IsBusy = true;
        Refusal = null;
        try
        {
            await action();
        }
        catch (WorkloadException refusal) when (TellAtField(refusal))
        {
            // Told where it is to be mended.
        }
        catch (Exception refusal) when (refusal is JobConflictException or WorkloadException or InvalidWebhookException)
        {
            Refusal = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            Refusal = StoreIsDown;
        }
        finally
        {
            IsBusy = false;
        }
    }

    /// <summary>Submits a job of the caller's.</summary>
    /// <exception cref="WorkloadException">The input is refused, or the caller has submitted too much.</exception>
    protected virtual Task<Submission> SubmitAsync(string kind, JsonElement input, string? title = null)
    {
        CountSubmission();
        return Jobs.SubmitAsync(RequestOf(kind, input, title), CancellationToken.None);
    }

    /// <summary>What is asked of the engine for a job of the caller's.</summary>
    private protected JobRequest RequestOf(string kind, JsonElement input, string? title) =>
        new() { Kind = kind, Input = input, Owner = Caller.Owner, Title = string.IsNullOrWhiteSpace(title) ? null : title };

    /// <summary>Submits a finished job again; null where it is gone.</summary>
    /// <exception cref="WorkloadException">The caller has submitted too much.</exception>
    protected Task<Submission?> RetryAsync(JobId job, RetryScope scope)
    {
        CountSubmission();
        return Jobs.RetryAsync(job, Caller.Owner, scope, CancellationToken.None);
    }

    /// <summary>Counts something that is no job towards what the caller may submit.</summary>
    /// <exception cref="WorkloadException">It is too much.</exception>
    protected void CountSubmission() => Allowance.Require(Caller.Owner);

    /// <summary>
    /// Leads to another page once something is done. Whatever is clicked before the browser is there was meant for what is done
    /// already, and does nothing: it may be on its way for as long as the connection takes.
    /// </summary>
    protected void Leave(string address)
    {
        if (!_isLeaving)
            Navigation.LocationChanged += Arrive;
        _isLeaving = true;
        Navigation.NavigateTo(address);
    }

    private void Arrive(object? sender, LocationChangedEventArgs arrived)
    {
        Navigation.LocationChanged -= Arrive;
        _isLeaving = false;
    }

    /// <summary>Shows a refusal at the field it is about, where there is one; then it is not shown for the whole.</summary>
    private protected virtual bool TellAtField(WorkloadException refusal) => false;
}
