using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Sandbox;

/// <summary>
/// The functions a query may use: those of DuckDB that compute one value from their arguments and nothing else. What is not on
/// the list is refused, also what a later DuckDB brings.
/// </summary>
internal static class AllowedFunctions
{
    private const string Numeric =
        "abs ceil ceiling floor round trunc sign sqrt cbrt exp ln log log2 log10 pow power mod greatest least pi radians degrees " +
        "sin cos tan asin acos atan atan2 isnan isinf isfinite add subtract multiply divide";

    private const string OfText =
        "lower lcase upper ucase trim ltrim rtrim length len strlen char_length character_length substr substring left right replace concat concat_ws contains " +
        "starts_with ends_with prefix suffix instr position strpos split_part reverse lpad rpad regexp_matches regexp_full_match regexp_extract " +
        "regexp_replace strip_accents levenshtein damerau_levenshtein jaccard jaro_similarity jaro_winkler_similarity format printf chr char ascii " +
        "ord unicode hex md5 like_escape ilike_escape not_like_escape not_ilike_escape glob";

    private const string OfTime =
        "date datetime date_trunc datetrunc date_part datepart date_diff datediff date_sub datesub date_add strftime strptime try_strptime year month day hour " +
        "minute second millisecond quarter week weekofyear yearweek dayofweek isodow weekday dayofyear dayofmonth dayname monthname isoyear last_day " +
        "make_date make_timestamp epoch epoch_ms unixepoch julian julianday age time_bucket to_days to_months to_years to_weeks to_quarters to_hours " +
        "to_minutes to_seconds century decade";

    private const string OfChoice = "coalesce ifnull nullif iif if typeof";

    private const string Aggregates =
        "count count_star count_if countif sum fsum sumkahan avg mean favg min max median mode quantile quantile_cont quantile_disc " +
        "approx_count_distinct approx_quantile stddev stddev_samp stddev_pop stdev variance var_samp var_pop corr covar_pop covar_samp regr_slope " +
        "regr_intercept regr_r2 regr_count slope string_agg group_concat listagg first last any_value arg_min arg_max argmin argmax min_by max_by " +
        "bool_and bool_or product kurtosis skewness entropy mad geomean geometric_mean total sem grouping";

    private const string Windows =
        "row_number rank rank_dense dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value";

    // As the parser names them; LIKE and its kin by their signs.
    private const string Operators =
        "+ - * / // % ** ^ || = == <> != < > <= >= ~~ !~~ ~~* !~~* ~~~ ^@ ~ !~ not and or";

    /// <summary>Their names, lower case.</summary>
    public static FrozenSet<string> Names { get; } =
        string.Join(' ', Numeric, OfText, OfTime, OfChoice, Aggregates, Windows).Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The signs that compute.</summary>
    public static FrozenSet<string> Signs { get; } = Operators.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
