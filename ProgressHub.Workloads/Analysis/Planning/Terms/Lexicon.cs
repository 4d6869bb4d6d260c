using System.Collections.Frozen;
using ProgressHub.Workloads.Analysis.Planning.Language;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>The closed vocabulary of the grammar: phrases and what they mean.</summary>
internal static class Lexicon
{
    /// <summary>How many words the longest phrase has.</summary>
    public const int LongestPhrase = 5;

    private static readonly FrozenDictionary<string, Lex> Phrases = Build(
        (Lex.Average, "average|avg|mean|on average|averaged|averaging|averages|typical|typically|in the mean|on avg|an average of"),
        (Lex.Sum, "total|sum|sum of|totals|in total|altogether|all together|combined|all told|sum total|overall|aggregate|summed|add up|added up|adds up|added together|summed up|in all|tally|grand total|combined total|sum up|total up"),
        (Lex.Median, "median"),
        (Lex.Maximum, "maximum|max|maximal"),
        (Lex.Minimum, "minimum|min|minimal"),
        (Lex.Spread, "standard deviation|stdev|stddev|std dev|std|deviation|spread"),
        (Lex.Variance, "variance"),
        (Lex.Percentile, "percentile|quantile"),
        (Lex.Correlation, "correlation|correlate|correlates|correlated|correlation coefficient|relationship"),
        (Lex.Related, "related to|relate to|depend on|depends on"),
        (Lex.Volatility, "volatility|volatile"),
        (Lex.Distinct, "distinct|unique|different|various"),
        (Lex.HowMany, "how many|headcount|head count|number of|count of|count|counts|the number|amount of times|frequency|no of|quantity of rows"),
        (Lex.HowMuch, "how much|how big|how large|how high"),
        (Lex.HowOften, "how often|how many times|how frequently"),
        (Lex.Most, "most|highest|largest|biggest|greatest|top|maximum number of|strongest|leading|uppermost"),
        (Lex.Least, "least|lowest|smallest|fewest|bottom|weakest|minimum number of"),
        (Lex.Best, "best|performs best|perform best|top performing|best performing"),
        (Lex.Worst, "worst|performs worst|worst performing"),
        (Lex.Latest, "latest|newest|most recent|most recently"),
        (Lex.Earliest, "earliest"),
        (Lex.First, "first"),
        (Lex.Common, "most common|most frequent|most often|most frequently|most popular|commonest|most commonly|most usual|busiest|most used|most commonly used|most frequently used|most widely used|most chosen|most visited"),
        (Lex.Rare, "least common|least frequent|least often|least popular|rarest|least frequently|least used|least commonly|least visited"),
        (Lex.Above, "rise above|rose above|rises above|climb above|climbed above|went above|went over|go over|goes over|go above|more than|above|over|greater than|higher than|larger than|bigger than|strictly more than|strictly greater than|strictly above|exceed|exceeds|exceeding|exceeded|surpass|surpasses|surpassed|surpassing|in excess of|beyond|>|upwards of|better than|more|greater|higher|larger|bigger"),
        (Lex.Below, "drop below|drops below|dropped below|fell below|fall below|falls below|went below|go below|goes below|dip below|dipped below|less than|below|under|fewer than|lower than|smaller than|<|strictly less than|strictly below|strictly under|worse than|less|fewer|lower|smaller|short of"),
        (Lex.AtLeast, "at least|no less than|not less than|no fewer than|minimum of|>=|≥|a minimum of|not below|not under|no lower than|not lower than|no smaller than|not smaller than|greater than or equal to|more than or equal to"),
        (Lex.AtMost, "at most|no more than|not more than|up to|maximum of|<=|≤|a maximum of|not over|not above|no higher than|not higher than|no greater than|not greater than|no larger than|not larger than|less than or equal to|not exceeding"),
        (Lex.Equal, "=|==|equal|equals|equal to|exactly|precisely"),
        (Lex.OrMore, "or more|or above|or higher|or over|and above|and up|or greater|and more|or better|or older|or later|or newer|and newer|or longer|or taller|or heavier|or bigger|or larger|and older|and over|and later|or upwards"),
        (Lex.OrLess, "or less|or below|or fewer|or lower|or under|and below|or younger|or earlier|or shorter|or lighter|or smaller|or cheaper|and under|and younger|and earlier"),
        (Lex.Between, "between|in between|anywhere between|in the range|ranging from|within the range"),
        (Lex.Than, "than|as compared to|compared to|compared with|relative to|versus|vs|as opposed to|against"),
        (Lex.By, "by|going by|judging by|judged by|based on|grouped by|broken down by|break down by|split by|separated by|across|according to|breakdown by|divided into|depending on|in terms of"),
        (Lex.Each, "each|per|for each|for every|in each|in every|of each|of every|within each|by each|from each|at each|on each|every single|for each of|each of|respective"),
        (Lex.Every, "every"),
        (Lex.All, "all|over all|across all|in all of|overall"),
        (Lex.Only, "only|just|solely|exclusively"),
        (Lex.Which, "which|in which|on which|at which|for which|what kind of|which of"),
        (Lex.What, "what"),
        (Lex.Who, "who|whom"),
        (Lex.When, "when|on what date|at what time|on which date"),
        (Lex.Where, "where"),
        (Lex.List, "list|show|display|give|find|enumerate|name|print|return|show me|give me|list all|show all|get|let me see|present|identify|retrieve|select|extract|plot|graph|chart|visualize|visualise|pull up"),
        (Lex.And, "and|as well as|along with|together with|plus also|&"),
        (Lex.Or, "or|or else"),
        (Lex.Both, "both"),
        (Lex.Either, "either"),
        (Lex.Neither, "neither|nor"),
        (Lex.Not, "not|except|excluding|exclude|except for|other than|but not|leaving out|leave out|apart from|aside from|everything but|everything except|all but|anything but|besides|non|not counting|ignoring|without counting|no longer|not in|!=|≠|outside|outside of|disregarding|minus the"),
        (Lex.Never, "never|not ever|never ever|not once|did not ever"),
        (Lex.Without, "without|lack|lacks|lacking|have no|has no|had no|with no|do not have|does not have|did not have|that have no|not have|having no|without any|did not give|do not give|did not provide|did not state|did not name"),
        (Lex.Missing, "missing|empty|blank|null|unknown|absent|undefined|not filled|not filled in|left blank|not available|not given|not provided|not recorded|not known|nulls|unanswered|not specified|not entered|no value|left empty|not listed|not reported|not measured|unrecorded|unspecified|missing values|missing value|not stated"),
        (Lex.Present, "not missing|not empty|not null|not blank|filled in|filled|present|available|known|given|provided|specified"),
        (Lex.Share, "share|percentage|percent|proportion|fraction|share of|percentage of|proportion of|fraction of|percent of|what part of|pct|%|contribution|contribute|how many percent|how many percent of|how many per cent|in percent|per cent|in per cent|as a percentage|as percent|as a share"),
        (Lex.Growth, "growth|change|grow|grew|changed|growth rate|rate of change|percent change|percentage change|percentage growth|percent growth|month over month|year over year|quarter over quarter|week over week|year on year|month on month|yoy|mom|by how many percent|by what percentage|by what percent|by how much"),
        (Lex.Rise, "increase|increased|rise|rose|risen|went up|go up|gain|gained|growing"),
        (Lex.Fall, "decrease|decreased|fall|fell|fallen|decline|declined|drop|dropped|went down|go down|shrink|shrank|shrunk"),
        (Lex.Running, "running total|cumulative|running sum|accumulated|cumulated|cumulatively|running|year to date|rolling total"),
        (Lex.Rank, "rank|ranked|ranking|sort|sorted|ordered by|sorted by|ranked by|sort by|in order of|in descending order|in ascending order|descending|ascending|from highest to lowest|highest to lowest|from lowest to highest|lowest to highest|from most to least|most to least|from least to most|least to most|from largest to smallest|largest to smallest|from smallest to largest|smallest to largest|from high to low|from low to high|from best to worst|from worst to best"),
        (Lex.Trend, "trend|evolve|evolved|evolution|history|develop|developed|development|over time|trends|trend of|progress over time|in the course of time"),
        (Lex.Previous, "previous|vs last|versus last|compared to last|compared to the previous|against the previous|the one before|period before|from the previous|over the previous|to the next|from one|than the previous|to month|to year"),
        (Lex.In, "in|during|within|throughout|inside|into|in the course of"),
        (Lex.On, "on|at|for|of|with|regarding|concerning|as for|having|with the|among|amongst|out of|off|through|via|using"),
        (Lex.About, "about|around|approximately|roughly|nearly|almost|circa|close to|or so"),
        (Lex.From, "from|from the|starting|starting from|coming from|beginning"),
        (Lex.To, "to|to the|till|through to|up until|up till"),
        (Lex.Since, "since|from then on|starting in|ever since"),
        (Lex.Until, "until|by the end of|up to and including|as of|as at|no later than|not later than"),
        (Lex.Before, "before|prior to|earlier than|older than date"),
        (Lex.After, "after|later than|following"),
        (Lex.Last, "last|past|most recent|recent|final|latest available|previous|trailing"),
        (Lex.This, "this|current"),
        (Lex.Ago, "ago"),
        (Lex.Compare, "compare|comparison|comparison of|contrast"),
        (Lex.Difference, "difference|gap|how far apart|differ|differs|differ by|how much more|how many more|how much less|how many fewer|how much higher|how much lower|how much greater|how much larger|difference in"),
        (Lex.Ratio, "ratio|ratio of|rate of"),
        (Lex.Row, "row|record|entry|line|observation|data point|datapoint|case|instance|reading|measurement|item row"),
        (Lex.Columns, "column|field|header|variable|attribute|column names|column name|field names"),
        (Lex.Table, "table|file|data|dataset|data set|sheet|spreadsheet|csv"),
        (Lex.Describe, "describe|summarize|summarise|summary|overview|describe the data|statistics|summary statistics"),
        (Lex.Plus, "plus|+"),
        (Lex.Minus, "minus|-|subtracted by"),
        (Lex.Times, "times|multiplied by|*|×|multiplied with|x"),
        (Lex.Over, "divided by|/|÷|as a share of|as a percentage of"),
        (Lex.Open, "("),
        (Lex.Close, ")"),
        (Lex.That, "that is|i.e.|i.e|ie|meaning|defined as|computed as|calculated as|namely|which is|in other words|measured as|measured by"),
        (Lex.AreThere, "are there|is there|were there|was there|do we have|does it have|are there any|is there any|were there any|was there any|is there a|was there a|do any|did any|does any|is any|are any|were any|was any|have any|has any|exist|exists|do we have any|did we have any|did we have|is there an"),
        (Lex.Is, "is|are|was|were|be|been|being|become|becomes|became"),
        (Lex.Did, "do|does|did|has|have|had|can|could|will|would|should"),
        (Lex.Contains, "contain|contains|containing|include|includes|including|with the word|mention|mentions|mentioning|like"),
        (Lex.StartsWith, "start with|starts with|starting with|begin with|begins with|beginning with"),
        (Lex.EndsWith, "end with|ends with|ending with|ending in"),
        (Lex.Unit, "euro|euros|eur|dollar|dollars|usd|pound|pounds|gbp|yen|yuan|$|€|£|¥|franc|francs|chf|unit of money|degree|degrees|celsius|point|points"),
        (Lex.Yes, "yes|true|y"),
        (Lex.No, "no|false|none"),
        (Lex.Unread, "moving average|rolling average|moving mean|rolling mean|moving total|moving|rolling|in a row|consecutive|consecutively|successive|successively|in succession|back to back|streak|weighted average|weighted mean|weighted"),
        (Lex.Verb, Fillers.Verbs),
        (Lex.Filler, Fillers.Text));

    /// <summary>What a phrase of stems means; <see cref="Lex.None"/> where nothing.</summary>
    public static Lex Of(string phrase) => Phrases.GetValueOrDefault(phrase);

    /// <summary>The single words, as slips of the pen are compared with.</summary>
    public static IEnumerable<string> Words => AllWords.Where(w => w.Length >= 5);

    private static readonly FrozenSet<string> AllWords = Phrases.Keys.SelectMany(k => k.Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word is in a phrase of the grammar.</summary>
    public static bool IsWord(string stem) => AllWords.Contains(stem);

    private static FrozenDictionary<string, Lex> Build(params (Lex Lex, string Phrases)[] entries)
    {
        var phrases = new Dictionary<string, Lex>(StringComparer.Ordinal);
        foreach (var (lex, list) in entries)
        {
            foreach (var phrase in list.Split('|'))
                phrases.TryAdd(string.Join(' ', QuestionWords.Words(phrase).Select(w => w.Stem)), lex);
        }

        return phrases.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
