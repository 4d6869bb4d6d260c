namespace ProgressHub.AspNetCore.Security;

/// <summary>
/// What let a request in, where that can be taken back. It is a feature of the request; whatever goes on after the request
/// holds it, so that it is cut off too.
/// </summary>
internal interface IHeldAccess
{
    /// <summary>Holds it beyond the end of the request, until what is returned is disposed.</summary>
    /// <param name="cut">Cuts off what goes on; called instead of aborting the request.</param>
    IDisposable Hold(Action cut);
}
