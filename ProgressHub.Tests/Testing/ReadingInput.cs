using System.ComponentModel.DataAnnotations;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Testing;

/// <summary>What the tests of the harness send.</summary>
internal sealed record ReadingInput([Range(1, 100)] int Pages, [Secret] string? ApiKey = null);
