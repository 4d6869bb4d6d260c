using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>Words that people use for the same thing. They are tried only where a table has no such word itself.</summary>
internal static class Synonyms
{
    private static readonly string[][] Alike =
    [
        ["stock", "ticker", "symbol", "instrument", "share", "security", "equity"],
        ["price", "close", "open", "high", "low", "quote"],
        ["price", "cost", "fee", "fare", "tariff", "rent"],
        ["revenue", "sale", "turnover", "amount", "earning", "income", "proceeds"],
        ["quantity", "qty", "unit", "piece"],
        ["date", "day", "timestamp", "datetime", "time"],
        ["region", "area", "territory", "zone", "district"],
        ["site", "location", "place", "branch", "store", "shop", "station", "facility"],
        ["category", "type", "kind", "class", "group"],
        ["sector", "industry", "branch"],
        ["customer", "client", "buyer", "shopper"],
        ["cost", "expense", "spend", "spending", "expenditure"],
        ["employee", "staff", "worker", "colleague", "personnel", "team member", "staffer"],
        ["salary", "wage", "pay", "earning", "income", "compensation"],
        ["country", "nation"],
        ["city", "town"],
        ["product", "item", "article", "good"],
        ["rep", "representative", "salesperson", "seller", "agent", "salesman", "saleswoman", "vendor"],
        ["temperature", "temp"],
        ["rain", "rainfall", "precipitation"],
        ["person", "visitor", "guest", "passenger", "attendee"], ["gender", "sex"], ["age", "aged"], ["absence", "absent"], ["departed", "left", "departure", "depart"], ["cancelled", "canceled", "left", "quit", "resigned", "churned", "terminated"], ["attendance", "crowd", "spectator", "audience"],
        ["grade", "mark", "score", "result", "point"],
        ["subject", "course", "topic"],
        ["student", "pupil", "learner", "kid", "schoolchild"],
        ["respondent", "participant", "interviewee"],
        ["department", "dept", "division", "unit"],
        ["manager", "boss", "supervisor"],
        ["vehicle", "car", "auto"],
        ["device", "platform"],
        ["channel", "source", "medium"],
        ["status", "state"],
        ["duration", "length"],
        ["rating", "score", "review", "stars", "csat"],
        ["discount", "rebate"],
        ["return", "returned", "back"], ["job", "position", "role", "title", "occupation", "profession"],
        ["teacher", "instructor", "lecturer"],
        ["doctor", "physician"],
        ["weight", "mass"],
        ["kwh", "energy", "electricity", "consumption"], ["mwh", "gwh", "twh", "energy", "electricity", "generation"], ["kw", "mw", "gw", "power"], ["mw", "megawatt"], ["kw", "kilowatt"], ["gw", "gigawatt"], ["size", "capacity"], ["kmh", "kph", "mph", "speed"], ["sec", "second", "duration", "time"], ["min", "minute"], ["hr", "hour"], ["pct", "percent", "percentage"], ["km", "kilometer", "kilometre", "distance"],
        ["avg", "average", "mean"], ["max", "maximum", "highest"], ["min", "minimum", "lowest"], ["num", "number", "count"], ["qty", "quantity"], ["amt", "amount"], ["desc", "description"],
        ["televised", "broadcast", "tv", "television"],
        ["hire", "hired", "joined", "join", "started", "start", "employed"], ["birth", "born"], ["ship", "shipped", "dispatch", "dispatched"],
        ["bill", "charge", "cost"], ["dep", "departure", "depart", "departed"], ["arr", "arrival", "arrive", "arrived"], ["admitted", "admission", "admit", "intake"], ["discharged", "discharge"], ["bed", "bedroom"], ["bath", "bathroom"], ["dest", "destination"], ["orig", "origin"], ["cust", "customer"], ["prod", "product"], ["emp", "employee"], ["lang", "language"], ["loc", "location"], ["addr", "address"], ["author", "writer"], ["house", "home"], ["flat", "apartment"],
        ["commissioned", "built", "opened", "launched", "inaugurated"], ["retired", "decommissioned", "shut", "closed"],
        ["resolution", "resolve", "resolved"], ["decision", "decide", "decided"], ["payment", "paid"], ["owner", "own", "owned"], ["manager", "managed"], ["order", "purchase"], ["view", "pageview"], ["visit", "session"],
    ];

    private static readonly FrozenDictionary<string, FrozenSet<string>> Words = Alike
        .SelectMany(a => a.Select(w => (Word: w, All: a))).GroupBy(p => p.Word, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.SelectMany(p => p.All).ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The words a column may go by instead of this one.</summary>
    public static FrozenSet<string> Of(string stem) => Words.GetValueOrDefault(stem, []);
}
