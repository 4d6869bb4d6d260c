using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace ProgressHub.AspNetCore.Security;

/// <summary>The largest body an endpoint takes, in bytes; the server answers 413 above it.</summary>
internal sealed class BodyLimit(IOptions<LimitOptions> limits) : IRequestSizeLimitMetadata
{
    /// <inheritdoc/>
    public long? MaxRequestBodySize => limits.Value.MaxBodyBytes;
}
