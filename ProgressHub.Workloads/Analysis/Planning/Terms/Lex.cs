namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>What a word or phrase means to the grammar, whatever the table.</summary>
internal enum Lex
{
    /// <summary>No meaning of the grammar's own.</summary>
    None,

    /// <summary>Bears no meaning: articles, auxiliaries, courtesies and verbs for what any record is about.</summary>
    Filler,

    // Aggregates.
    Average, Sum, Median, Maximum, Minimum, Spread, Variance, Percentile, Correlation, Volatility, Distinct,

    // Counting and measuring.
    HowMany, HowMuch, HowOften,

    // Superlatives: see also the adjectives.
    Most, Least, Best, Worst, Latest, Earliest, Common, Rare, First,

    // Comparison.
    Above, Below, AtLeast, AtMost, Equal, OrMore, OrLess, Between, Than, Longer,

    // Grouping and naming.
    By, Each, Which, What, Who, When, Where, List, All, Every, Only, Alone,

    // Logic.
    And, Or, Both, Either, Neither, Not, Never, Without, Missing, Present,

    // Windows over groups.
    Share, Growth, Rise, Fall, Running, Rank, Trend, Previous,

    // Time.
    In, On, About, From, To, Since, Until, Before, After, Last, This, Ago,

    // Two things beside each other.
    Compare, Difference, Ratio, Related,

    // The table itself.
    Row, Columns, Table, Describe, Names,

    // Arithmetic.
    Plus, Minus, Times, Over, Open, Close, That,

    // Questions for yes or no.
    AreThere, Is, Did,

    // Text.
    Contains, StartsWith, EndsWith,

    /// <summary>A unit that numbers are said in, such as euros.</summary>
    Unit,

    /// <summary>A verb that says nothing but what its clause says: arrived late, moved the most weight.</summary>
    Verb,

    /// <summary>Yes, as a value.</summary>
    Yes,

    /// <summary>No, as a value or before a noun.</summary>
    No,

    /// <summary>What is asked for often and computed by no form: it is told, though its words may mean something by themselves.</summary>
    Unread,
}
