using Microsoft.AspNetCore.Http.Metadata;

namespace ProgressHub.Web.Security;

/// <summary>The largest body an endpoint takes, in bytes; the server answers 413 above it.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
