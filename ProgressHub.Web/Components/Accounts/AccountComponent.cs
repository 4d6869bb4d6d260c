using Microsoft.AspNetCore.Components;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Accounts;

/// <summary>A part of the account page: does one thing at a time, and tells every refusal in words.</summary>
public abstract class AccountComponent : ComponentBase
{
    /// <summary>Who acts.</summary>
    [Inject]
    protected ICaller Caller { get; set; } = null!;

    /// <summary>Why the last thing was not done; null where nothing is wrong.</summary>
    protected string? Refusal { get; private set; }

    /// <summary>Whether something is being done.</summary>
    protected bool IsBusy { get; private set; }

    /// <summary>Does one thing; nothing while another is being done.</summary>
    protected async Task TryAsync(Func<Task> action)
    {
        if (IsBusy)
            return;
        (IsBusy, Refusal) = (true, null);
        try
        {
            await action();
        }
        catch (RefusedException refused)
        {
            Refusal = RefusalTexts.Of(refused.Problem.Code, refused.Problem.Detail);
        }
        catch (StorageUnavailableException)
        {
            Refusal = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
        finally
        {
            IsBusy = false;
        }
    }
}
