using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Reads prices by model from the configuration. Names of models have colons, such as <c>llama3:8b</c>, which the
/// configuration takes for levels of its own; here a model is all that stands before its prices.
/// </summary>
internal static class ModelPrices
{
    public static void Read(IConfiguration configuration, IDictionary<string, ModelPrice> prices)
    {
        var section = configuration.GetSection($"{InferenceOptions.Section}:{nameof(InferenceOptions.Prices)}");
        if (!section.Exists())
            return;
        prices.Clear();
        foreach (var (path, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is null || path.LastIndexOf(':') is not (var end and > 0))
                continue;
            var model = path[..end];
            if (!prices.TryGetValue(model, out var price))
                prices[model] = price = new ModelPrice();
            var figure = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : -1;
            switch (path[(end + 1)..].ToUpperInvariant())
            {
                case "INPUTPERMILLION": price.InputPerMillion = figure; break;
                case "OUTPUTPERMILLION": price.OutputPerMillion = figure; break;
            }
        }
    }
}
