using Microsoft.AspNetCore.Localization;

namespace ProgressHub.Web.Localization;

/// <summary>
/// Which language a page is in: the one chosen in the settings, which a cookie keeps, else the first of the browser's that
/// there is, else English. Numbers and dates of the API do not go by it: only the UI's culture is set.
/// </summary>
internal static class LanguageChoice
{
    /// <summary>The cookie that keeps the choice.</summary>
    public static readonly string Cookie = CookieRequestCultureProvider.DefaultCookieName;

    /// <summary>What the cookie says for a language.</summary>
    public static string CookieValue(string language) => $"c={language}|uic={language}";

    public static IApplicationBuilder UseLanguageChoice(this IApplicationBuilder app)
    {
        var languages = UiText.Languages.Select(language => language.Name).ToArray();
        var options = new RequestLocalizationOptions { ApplyCurrentCultureToResponseHeaders = false, SupportedCultures = [] }
            .AddSupportedUICultures(languages);
        options.DefaultRequestCulture = new RequestCulture(System.Globalization.CultureInfo.InvariantCulture, new System.Globalization.CultureInfo(UiText.SourceLanguage));
        options.RequestCultureProviders = [new CookieRequestCultureProvider(), new AcceptLanguageHeaderRequestCultureProvider()];
        return app.UseRequestLocalization(options);
    }
}
