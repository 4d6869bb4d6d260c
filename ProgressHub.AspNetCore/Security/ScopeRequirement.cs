using Microsoft.AspNetCore.Authorization;

namespace ProgressHub.AspNetCore.Security;

/// <summary>The caller has a scope that the endpoint names.</summary>
internal sealed class ScopeRequirement : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        // A component that asks has no request; what it may do is decided where it does it.
        if (context.Resource is not HttpContext http || NeedsScope.Of(http).IsMetBy(context.User, http.Request.Method))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
