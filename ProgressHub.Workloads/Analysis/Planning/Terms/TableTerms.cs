using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Terms;

/// <summary>A table's own vocabulary: what its columns, its values and its rows are called.</summary>
internal sealed class TableTerms
{
    // How a column of genders may say it.
    private static readonly string[][] Genders =
        [["man", "male", "gentleman", "gent", "boy", "m", "männlich", "homme", "hombre", "男"], ["woman", "female", "lady", "girl", "f", "w", "weiblich", "femme", "mujer", "女"]];

    private readonly List<NamedColumn> _columns;
    private readonly ILookup<string, (TableColumn Column, string Value)> _values;
    private readonly ILookup<string, (TableColumn Column, string Value)> _valueWords;
    private readonly HashSet<string> _rowNouns;

    private TableTerms(TableProfile table)
    {
        Table = table;
        _columns = [.. table.Columns.Select(c => new NamedColumn(c, c.Parts(), c.BareParts()))];
        var values = table.Columns.SelectMany(c => c.Values.Select(v => (Column: c, Value: v, Words: Key(v)))).Where(v => v.Words.Length > 0).ToList();
        _values = values.ToLookup(v => v.Words, v => (v.Column, v.Value), StringComparer.Ordinal);
        _valueWords = values.SelectMany(v => v.Words.Split(' ').Where(w => w.Length > 2).Distinct().Select(w => (Word: w, v.Column, v.Value)))
            .ToLookup(v => v.Word, v => (v.Column, v.Value), StringComparer.Ordinal);
        RowId = RowIdOf(table);
        _rowNouns = RowNounsOf(table, RowId);
        Owner = OwnerOf(table);
        if (Owner is not null)
            _rowNouns.Add(Owner);
        // A runner in each row makes runners of the rows.
        if (table.Columns.FirstOrDefault(c => c.Type == ColumnType.Text && c.Distinct is { } names && names >= 0.85 * table.Rows && c.Parts() is [var who] && RowNouns.People.Contains(who)) is { } named && _columns.Exists(c => c.Parts.Any(RowNouns.Personal.Contains)))
            _rowNouns.Add(named.Parts()[0]);
        IsOfPeople = _rowNouns.Overlaps(RowNouns.People) || _columns.Exists(c => c.Parts is ["name"] or ["first", "name"] or ["full", "name"])
            && _columns.Exists(c => c.Parts.Any(RowNouns.Personal.Contains));
    }

    /// <summary>The table.</summary>
    public TableProfile Table { get; }

    /// <summary>The column that names single rows; null where none does.</summary>
    public TableColumn? RowId { get; }

    /// <summary>Whether its rows are people.</summary>
    public bool IsOfPeople { get; }

    /// <summary>Whom attributes of the rows are of, where no column tells one from another: the patient of patient_age.</summary>
    public string? Owner { get; }

    /// <summary>What one row is called.</summary>
    public string RowNoun => _rowNouns.FirstOrDefault() ?? "row";

    public static TableTerms Of(TableProfile table) => new(table);

    /// <summary>What the table calls things: its names and values.</summary>
    public static OwnWords Own(TableProfile table) => new([.. table.Columns.Select(c => c.Name)], [.. table.Columns.SelectMany(c => c.Values)],
        table.Columns.Any(c => c.Parts() is [.., "name"] && c.Distinct is { } names && names >= 0.9 * table.Rows) && table.Columns.Any(c => c.Parts().Any(RowNouns.Personal.Contains)));

    /// <summary>The words of the table that a slip of the pen may have meant.</summary>
    public IEnumerable<string> Words => _columns.SelectMany(c => c.Parts).Concat(_valueWords.Select(g => g.Key)).Concat(_rowNouns).Distinct();

    /// <summary>The one word of the columns' names that a word is short for, such as <c>ref</c> for referee; null where there is none, or several.</summary>
    public string? NameBeginning(string stem) => stem.Length < 3 ? null
        : _columns.SelectMany(c => c.Parts).Distinct().Where(p => p.Length >= stem.Length + 3 && p.StartsWith(stem, StringComparison.Ordinal)).ToList() is [var only] ? only : null;

    /// <summary>The other words of the values that a word is a part of; none where it is a value, or in a name, by itself.</summary>
    public HashSet<string> ValueCompanions(string stem) => _values[stem].Any() || _columns.Exists(c => c.Parts.Contains(stem)) || _rowNouns.Contains(stem)
        ? [] : [.. _valueWords[stem].SelectMany(v => Key(v.Value).Split(' ')).Where(w => w != stem)];

    /// <summary>Whether a word means a single row.</summary>
    public bool IsRowNoun(string stem) => _rowNouns.Contains(stem) || (stem is [_, _, 's'] && _rowNouns.Contains(stem[..2])) || (IsOfPeople && stem is "person" or "individual" or "member" or "everyone" or "everybody" or "participant" or "workforce") || (IsOfPeople && RowNouns.Agents.Contains(stem) && !_columns.Exists(c => c.Parts.Contains(stem)))
        || (IsOfPeople && stem is "employee" or "staff" or "worker" or "staffer" or "personnel" && _columns.Exists(c => c.Parts.Any(p => p is "salary" or "wage" or "hire" or "hired")) && !_columns.Exists(c => c.Parts.Contains(stem)))
        || (stem is "item" or "stuff" && !Words.Contains(stem) && RelatedColumns(stem) is null)
        || _rowNouns.Any(n => n is not "row" && Synonyms.Of(stem).Contains(n) && RowNouns.People.Contains(stem))
        || (RowNouns.Alike.Any(a => a.Contains(stem) && _rowNouns.Overlaps(a)) && !_columns.Exists(c => c.Parts is [var whole] && whole == stem || c.Parts is [var of, "name" or "id" or "no" or "number" or "code"] && of == stem) && !_valueWords.Contains(stem));

    /// <summary>Whether what its rows are called is such a thing already, so that a noun for another thing is not for its rows.</summary>
    public bool HasRecordNoun => _rowNouns.Any(n => RecordNouns.Has(n) && n is not ("log" or "line" or "count" or "report" or "test" or "show" or "unit"));

    /// <summary>The columns whose whole name a phrase is.</summary>
    public ColumnSense? ExactColumns(IReadOnlyList<Word> words)
    {
        var phrase = string.Concat(words.SelectMany(w => w.Kind is WordKind.Word or WordKind.Quoted or WordKind.Code ? QuestionWords.NameParts(w.Raw) : [w.Stem]));
        if (phrase.Length == 0)
            return null;
        var whole = _columns.Where(c => string.Concat(c.Parts) == phrase).ToList();
        if (whole.Count == 0)
            whole = [.. _columns.Where(c => string.Concat(c.Bare) == phrase)];
        return whole.Count == 0 ? null : new ColumnSense([.. whole.Select(c => c.Column)], Likeness.Exact);
    }

    /// <summary>The columns whose name has these words in it, one after the other.</summary>
    public ColumnSense? PartColumns(IReadOnlyList<string> stems)
    {
        // Patients are no age of a patient.
        if (stems is [var owner] && owner == Owner)
            return null;
        var found = _columns.Where(c => Contains(c.Parts, stems) && (c.Column.IsMeasure() || c.Column.Type == ColumnType.Boolean || stems.Any(c.Heads.Contains))).Select(c => c.Column).ToList();
        return found.Count == 0 ? null : new ColumnSense(found, Likeness.Part);
    }

    /// <summary>Whether a column tells of quantities, so that the most of something may be the most of these.</summary>
    public bool HasQuantity => _columns.Exists(c => c.Column.IsMeasure() && c.Parts.Any(p => Synonyms.Of("quantity").Contains(p) || p is "menge" or "数量" or "數量"));

    /// <summary>The quantities that a plural speaks of, where only a price has the word in its name: units are no unit price.</summary>
    public ColumnSense? QuantityOf(Word word)
    {
        if (!word.Raw.EndsWith('s') || PartColumns([word.Stem]) is not { } parts || parts.Columns.Any(c => !c.IsMeasure() || c.AddsUp() != false))
            return null;
        var alike = Synonyms.Of(word.Stem);
        var found = _columns.Where(c => c.Column.IsMeasure() && c.Column.AddsUp() == true && c.Parts.Any(alike.Contains)).Select(c => c.Column).ToList();
        return found.Count == 0 ? null : new ColumnSense(found, Likeness.Related);
    }

    /// <summary>The columns that a part of their name and a noun for their unit name: <c>resolution time</c> is resolution_hours.</summary>
    public ColumnSense? QuantityColumns(IReadOnlyList<string> stems)
    {
        if (stems.Count < 2)
            return null;
        var found = _columns.Where(c => c.Column.IsMeasure() && (Contains(c.Parts, [.. stems.SkipLast(1)]) || (stems is [var doing, _] && Stemmer.Root(doing) is { Length: >= 4 } root && c.Bare.Any(p => SameRoot(p, root)))) && UnitWords.IsNamedBy(c.Column, stems[^1])).Select(c => c.Column).ToList();
        return found.Count == 0 ? null : new ColumnSense(found, Likeness.Part);
    }

    /// <summary>The columns that a word of their name is short for several words in: <c>blood pressure</c> is systolic_bp.</summary>
    public ColumnSense? ShortenedColumns(IReadOnlyList<string> stems) =>
        // "Automatic diesel cars" are no ad_id.
        stems.Any(s => _valueWords[s].Any() || _rowNouns.Contains(s)) ? null : _columns.Where(c => c.IsShortFor(stems)).Select(c => c.Column).ToList() is { Count: > 0 } found ? new ColumnSense(found, Likeness.Part) : null;

    /// <summary>The columns that go by another word, or by one of the same root.</summary>
    public ColumnSense? RelatedColumns(string stem)
    {
        if (AlsoCalled(stem) is { Count: > 0 } meant)
            return new ColumnSense(meant, Likeness.Related);
        var rooted = RootedColumns(stem);
        // Short ones: ended, of end_date.
        if (rooted.Count == 0 && stem.Length >= 5 && stem.EndsWith("ed", StringComparison.Ordinal))
            rooted = [.. _columns.Where(c => c.Column.IsTime && (c.Heads.Contains(stem[..^2]) || c.Heads.Contains(stem[..^1]))).Select(c => c.Column)];
        if (rooted.Count > 0)
            return new ColumnSense(rooted, Likeness.Related);
        var alike = Synonyms.Of(stem);
        var named = alike.Count == 0 ? [] : _columns.Where(c => c.Heads.Any(alike.Contains) || (c.Column.IsMeasure() && c.Parts.Any(alike.Contains))).ToList();
        // A quantity is qty rather than the unit price; of open and list_open either may be meant.
        if (named.Where(c => c.Parts is [var only] && alike.Contains(only)).ToList() is [var whole]
            && named.TrueForAll(c => c.Column.IsMeasure() && (c == whole || !c.Heads.Any(alike.Contains))))
            named = [whole];
        var found = named.Select(c => c.Column).ToList();
        return found.Count == 0 ? null : new ColumnSense(found, Likeness.Related);
    }

    /// <summary>The columns that a word was found to be near to in meaning.</summary>
    public List<TableColumn> AlsoCalled(string stem) => [.. Table.Columns.Where(c => c.AlsoCalled.Contains(stem))];

    /// <summary>The one column that says how old; null where none does, or more than one.</summary>
    public TableColumn? Age => _columns.Where(c => c.Column.IsMeasure() && c.Bare.Contains("age")).ToList() is [var only] ? only.Column : null;

    /// <summary>The columns whose names are of the same root as a word: production, of produced.</summary>
    public List<TableColumn> RootedColumns(string stem)
    {
        var root = Stemmer.Root(stem);
        // Nights are no nightly rate.
        bool Is(string part) => SameRoot(part, root) && (part == stem || part is not ("nightly" or "hourly" or "daily" or "weekly" or "monthly" or "quarterly" or "yearly"));
        return root.Length >= 4 ? [.. _columns.Where(c => c.Heads.Any(Is) || (c.Column.IsMeasure() && c.Parts.Any(Is))).Select(c => c.Column)] : [];
    }

    /// <summary>Whether a column holds sums of money.</summary>
    public bool IsMoney(TableColumn column) => _columns.Exists(c => c.Column == column && IsMoney(c));

    /// <summary>The one column with sums of money; null where there is none, or more than one.</summary>
    public TableColumn? Money => _columns.Where(IsMoney).ToList() switch
    {
        [var only] => only.Column,
        // Beside a fee or a tax, the amount is what is meant.
        { Count: > 1 } several when several.Where(c => c.Bare is ["amount"] or ["total"] or ["total", "amount"] or ["betrag"]).ToList() is [var amount] => amount.Column,
        { Count: > 1 } several when several.Where(c => !c.Parts.Any(p => p is "shipping" or "postage" or "tax" or "vat" or "discount" or "tip" or "deposit" or "toll" or "fee")).ToList() is [var main] && main.Parts.Any(p => p is "value" or "net" or "price" or "order") => main.Column,
        _ => null,
    };

    /// <summary>Whether a word is the verb of what a row is: donated, of donations.</summary>
    public bool IsRowVerb(string stem) => RowNouns.Verbs.Any(v => v.Contains(stem) && _rowNouns.Overlaps(v)) || (stem.EndsWith("ed", StringComparison.Ordinal) || stem.EndsWith("ing", StringComparison.Ordinal)) && Stemmer.Root(stem) is { Length: >= 4 } root && _rowNouns.Any(n => Stemmer.Root(n) == root);

    /// <summary>Whether a word is of the same root as what a row is called: rent, of rentals.</summary>
    public bool IsFormOfRow(string stem) => IsRowVerb(stem) || stem.Length >= 4 && !_valueWords.Contains(stem) && Stemmer.Root(stem) is { Length: >= 4 } root && _rowNouns.Any(n => n.Length > 4 && n != stem && Stemmer.Root(n) == root);

    /// <summary>The one column that says when something was done, and not of all rows: Date Sold, of sold; Thank-you Sent, of thanked.</summary>
    public TableColumn? EventOf(Word done)
    {
        if (done.Kind != WordKind.Word || (!done.Raw.EndsWith("ed", StringComparison.OrdinalIgnoreCase) && !RowNouns.Irregular.Contains(done.Stem)))
            return null;
        var root = Stemmer.Root(done.Stem);
        var times = _columns.Where(c => c.Column is { IsTime: true, Empty: > 0 }).ToList();
        var named = times.Where(c => c.Parts.Contains(done.Stem)).ToList();
        if (named.Count == 0 && root.Length >= 4)
            named = [.. times.Where(c => c.Parts.Any(p => SameRoot(p, root)))];
        return named is [var only] ? only.Column : null;
    }

    /// <summary>The one column of yes and no in whose name a word of the same root is: remote work, of remotely.</summary>
    public TableColumn? FlagOf(string stem) => Stemmer.Root(stem) is { Length: >= 4 } root
        && _columns.Where(c => c.Column.IsFlag() && c.Parts.Any(p => SameRoot(p, root))).ToList() is [var only] ? only.Column : null;

    /// <summary>The columns that a word for a property, such as <c>price</c>, may speak of; a unit is no property.</summary>
    public IReadOnlyList<TableColumn> ColumnsOfConcept(string concept) =>
        [.. _columns.Where(c => c.Bare.Contains(concept)).Select(c => c.Column)];

    /// <summary>The columns of numbers in a unit of time; of several, those that are no part of the way, such as a split.</summary>
    public IReadOnlyList<TableColumn> TimedColumns()
    {
        var timed = _columns.Where(c => c.Column.IsMeasure() && UnitWords.IsNamedBy(c.Column, "time")).ToList();
        var whole = timed.Where(c => !c.Parts.Any(p => p is "split" or "half" or "lap" or "leg" or "part" or "delay")).ToList();
        return [.. (whole.Count > 0 ? whole : timed).Select(c => c.Column)];
    }

    /// <summary>The values that a phrase is.</summary>
    public IReadOnlyList<ValueSense> ExactValues(IReadOnlyList<Word> words) => Senses(_values[Key(words)], Likeness.Exact);

    /// <summary>The values that have a word in them, or are of the same root.</summary>
    public IReadOnlyList<ValueSense> PartValues(string stem)
    {
        if (Genders.FirstOrDefault(g => g.Contains(stem)) is { } gender)
        {
            var people = _values.Where(g => gender.Contains(g.Key)).SelectMany(g => g).Where(v => v.Column.Parts().Any(RowNouns.Genders.Contains)).ToList();
            if (people.Count > 0)
                return Senses(people, Likeness.Related);
        }

        var part = _valueWords[stem].ToList();
        if (part.Count > 0)
            return Senses(part, Likeness.Part);
        if (Nations(stem) is { Count: > 0 } nations)
            return Senses(nations, Likeness.Related);
        var root = Stemmer.Root(stem);
        return root.Length < 4 ? [] : Senses(_values.Where(g => !g.Key.Contains(' ', StringComparison.Ordinal) && SameRoot(g.Key, root)).SelectMany(g => g), Likeness.Related);
    }

    // Italians, of a column of countries.
    private List<(TableColumn Column, string Value)> Nations(string stem) =>
        [.. Demonyms.CountriesOf(stem).SelectMany(c => _values[c]).Where(v => v.Column.Parts().Any(p => p is "country" or "nation" or "nationality" or "citizenship" or "land" or "pays" or "país"))];

    private static bool IsMoney(NamedColumn column) => column.Column.IsMeasure()
        && (UnitWords.IsMoney(column.Column) || column.Bare.Any(p => p is "amount" or "revenue" or "price" or "cost" or "fee" or "charge" or "turnover" or "bill" or "fare"));

    private static List<ValueSense> Senses(IEnumerable<(TableColumn Column, string Value)> found, Likeness likeness) =>
        [.. found.GroupBy(v => v.Column).Select(g => new ValueSense(g.Key, [.. g.Select(v => v.Value).Distinct()], likeness))];

    private static bool SameRoot(string part, string root) => part.Length >= 4 && Stemmer.Root(part) is var other
        && (other == root || other == $"{root}at" || root == $"{other}at" || (Math.Min(other.Length, root.Length) >= 6 && (other.StartsWith(root, StringComparison.Ordinal) || root.StartsWith(other, StringComparison.Ordinal))));

    private static bool Contains(IReadOnlyList<string> parts, IReadOnlyList<string> wanted)
    {
        for (var i = 0; i + wanted.Count <= parts.Count; i++)
        {
            if (parts.Skip(i).Take(wanted.Count).SequenceEqual(wanted))
                return true;
        }

        return false;
    }

    private static string Key(string value) => Key(QuestionWords.Words(value));

    private static string Key(IReadOnlyList<Word> words) => string.Join(' ', words.Where(w => w.Kind is not (WordKind.Comma or WordKind.Stop))
        .SelectMany(w => w.Kind == WordKind.Quoted ? QuestionWords.Words(w.Raw).Select(i => i.Stem) : [w.Stem]));

    private static TableColumn? RowIdOf(TableProfile table) =>
        (table.Columns.FirstOrDefault(c => c.Parts() is ["id"]) ?? (table.Columns is [var first, ..] && first.IsIdentifier() ? first : null)) is { } id
            // What repeats names something that has several rows; the count is about right only.
            && (id.Distinct is not { } distinct || distinct >= 0.85 * table.Rows) ? id : null;

    private static string? OwnerOf(TableProfile table)
    {
        var owners = table.Columns.Select(c => c.Parts()).Where(p => p is [var who, .., var what] && RowNouns.People.Contains(who) && RowNouns.Attributes.Contains(what) && what != "name").Select(p => p[0]).Distinct().ToList();
        return owners is [var only] && !table.Columns.Any(c => c.Parts() is [var name] && name == only || c.Parts() is [var of, var tail] && of == only && tail is "id" or "name" or "no" or "number" or "code" or "nr") ? only : null;
    }

    private static HashSet<string> RowNounsOf(TableProfile table, TableColumn? id)
    {
        var nouns = new HashSet<string>(StringComparer.Ordinal);
        // With a column for the things themselves, one row is something of theirs.
        bool IsColumn(string noun) => !RowNouns.Won.Contains(noun) && table.Columns.Any(c => c != id && c.Parts() is [var only] && only == noun && !(c.Distinct is { } different && different >= 0.5 * table.Rows));
        if (id?.Parts() is [.., var noun, _] && !IsColumn(noun))
            nouns.Add(noun);
        // A first column whose values hardly repeat, such as flight, names what a row is of.
        if (id is null && table.Columns is [{ Type: ColumnType.Text, Distinct: { } distinct } leading, ..] && distinct >= 0.85 * table.Rows && leading.Parts() is [var thing] && thing is not ("name" or "title" or "label" or "text" or "description" or "comment"))
            nouns.Add(thing);
        // One side at home, and one away: what they play.
        if (table.Columns.Any(c => c.Parts() is ["home", ..]) && table.Columns.Any(c => c.Parts() is ["away", ..]))
            nouns.Add("match");
        foreach (var part in QuestionWords.NameParts(Path.GetFileNameWithoutExtension(table.Name)).Where(p => p.Length > 2 && !RowNouns.NoNoun.Contains(p) && !char.IsAsciiDigit(p[0]) && !IsColumn(p)))
        {
            // Several rows of a day are no days.
            if (part is not ("day" or "week" or "month" or "year" or "hour" or "date") || !table.Columns.Any(c => (c.IsTime || c.IsPeriods()) && c.Distinct is { } days && days < 0.98 * table.Rows))
                nouns.Add(part);
        }

        return nouns;
    }
}
