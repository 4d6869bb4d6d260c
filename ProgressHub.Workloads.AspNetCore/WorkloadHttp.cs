using System.Text.Json.Serialization.Metadata;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Workloads.AspNetCore.Analysis;
using ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;
using ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;
using ProgressHub.Workloads.AspNetCore.Dialects.Transcription;
using ProgressHub.Workloads.AspNetCore.Dialects.Translation;
using ProgressHub.Workloads.AspNetCore.External;
using ProgressHub.Workloads.AspNetCore.Knowledge;

namespace ProgressHub.Workloads.AspNetCore;

/// <summary>
/// The HTTP API of the built-in workloads: collections, sessions over tables, programs that report in, and the APIs of
/// other systems ("dialects").
/// </summary>
public static class WorkloadHttp
{
    /// <summary>Adds what <see cref="MapProgressHubWorkloads"/> needs; all built-in workloads must have been added.</summary>
    public static IServiceCollection AddProgressHubWorkloadsApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(static json =>
        {
            IJsonTypeInfoResolver[] known = [CollectionJson.Default, SessionJson.Default, ExternalJson.Default];
            foreach (var context in known)
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, context);
        });
        services.AddReports();

        // A line for each dialect.
        services.AddTranscriptionDialect();
        services.AddSingleton<IDialect, StreamingChatDialect>();
        services.AddSessionLog();
        services.AddTranslationDialect();
        return services;
    }

    /// <summary>Adds the endpoints. Call it after <c>MapProgressHub</c>, which maps the dialects too.</summary>
    public static WebApplication MapProgressHubWorkloads(this WebApplication app)
    {
        app.MapReports();
        app.MapSessions();
        app.MapKnowledge();
        return app;
    }
}
