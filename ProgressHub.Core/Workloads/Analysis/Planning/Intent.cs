namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>What a question wants of the table, as its words say.</summary>
internal sealed record Intent
{
    /// <summary>What is computed; null where the question does not say.</summary>
    public Measure? Measure { get; init; }

    /// <summary>Whether the greatest come first (true) or the least (false); null where the question does not say.</summary>
    public bool? Top { get; init; }

    /// <summary>How many are asked for; null where the question does not say.</summary>
    public int? Limit { get; init; }

    /// <summary>The step of time; null where the question names none.</summary>
    public string? Bucket { get; init; }

    /// <summary>Whether the question is about change over time.</summary>
    public bool OverTime { get; init; }

    /// <summary>Whether rows are asked for.</summary>
    public bool ListsRows { get; init; }

    /// <summary>Whether any word of the question was understood.</summary>
    public bool IsAnything => Measure is not null || Top is not null || OverTime || ListsRows;

    public static Intent Read(IReadOnlyList<Word> words)
    {
        bool Has(IReadOnlySet<string> any) => words.Any(w => any.Contains(w.Stem));
        bool Says(string first, string second) => words.Zip(words.Skip(1)).Any(p => p.First.Stem == first && p.Second.Stem == second);

        var bucket = Bucketed(words);
        var top = words.FirstOrDefault(w => Vocabulary.Top.Contains(w.Stem) || Vocabulary.Bottom.Contains(w.Stem));
        // "At least" and "at most" are bounds.
        if (top is not null && words.Zip(words.Skip(1)).Any(p => p.First.Stem == "at" && ReferenceEquals(p.Second, top)))
            top = null;
        return new Intent
        {
            Measure = Has(Vocabulary.Volatility) ? Planning.Measure.Volatility
                : Has(Vocabulary.Correlation) || Says("related", "to") ? Planning.Measure.Correlation
                : Has(Vocabulary.Average) ? Planning.Measure.Average
                : words.Any(w => w.Stem == "median") ? Planning.Measure.Median
                : Has(Vocabulary.Spread) ? Planning.Measure.Spread
                : Has(Vocabulary.Sum) ? Planning.Measure.Sum
                : Has(Vocabulary.Distinct) ? Planning.Measure.Distinct
                : Says("how", "many") || Says("number", "of") || words.Any(w => w.Stem is "count" or "frequency") ? Planning.Measure.Count
                : Has(Vocabulary.Maximum) ? Planning.Measure.Maximum
                : Has(Vocabulary.Minimum) ? Planning.Measure.Minimum : null,
            Top = top is null ? null : Vocabulary.Top.Contains(top.Stem),
            Limit = LimitOf(words),
            Bucket = bucket,
            OverTime = bucket is not null || Has(Vocabulary.Trend) || Says("over", "time"),
            ListsRows = Has(Vocabulary.List) || words.Any(w => Vocabulary.Rows.Contains(w.Stem)),
        };
    }

    private static string? Bucketed(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Stem switch
            {
                "daily" => "day", "weekly" => "week", "monthly" => "month", "quarterly" => "quarter", "yearly" or "annual" or "annually" => "year", _ => null,
            } is { } adverb)
            {
                return adverb;
            }

            if (i > 0 && words[i].Stem is "day" or "date" or "week" or "month" or "quarter" or "year" && (Vocabulary.Group.Contains(words[i - 1].Stem) || words[i - 1].Stem is "which" or "what"))
                return words[i].Stem == "date" ? "day" : words[i].Stem;
        }

        return null;
    }

    // "Top 5", "5 highest", "the 3 most volatile".
    private static int? LimitOf(IReadOnlyList<Word> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Number is not (>= 1 and <= 10_000) || words[i].Raw.Contains('.', StringComparison.Ordinal))
                continue;
            var before = i > 0 ? words[i - 1].Stem : "";
            var after = i + 1 < words.Count ? words[i + 1].Stem : "";
            if (before is "top" or "bottom" or "first" or "best" or "worst" or "limit" || Vocabulary.Top.Contains(after) || Vocabulary.Bottom.Contains(after))
                return (int)words[i].Number!.Value;
        }

        return null;
    }
}

/// <summary>What is computed of a column.</summary>
internal enum Measure
{
    /// <summary>How many rows.</summary>
    Count,

    /// <summary>How many different values.</summary>
    Distinct,

    /// <summary>The sum.</summary>
    Sum,

    /// <summary>The mean.</summary>
    Average,

    /// <summary>The median.</summary>
    Median,

    /// <summary>The greatest.</summary>
    Maximum,

    /// <summary>The least.</summary>
    Minimum,

    /// <summary>The standard deviation.</summary>
    Spread,

    /// <summary>The standard deviation of the returns.</summary>
    Volatility,

    /// <summary>Pearson's correlation of two columns.</summary>
    Correlation,
}
