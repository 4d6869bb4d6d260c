namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>What the name of a column says of its cells, where they leave it open.</summary>
internal static class ColumnNaming
{
    private static readonly string[] Codes =
    [
        "zip", "zipcode", "postcode", "postal", "plz", "phone", "telephone", "tel", "mobile", "fax", "ssn", "isbn", "ean", "upc", "gtin", "iban", "sku",
        "telefon", "telefono", "téléphone", "handy", "邮编", "郵遞區號", "电话", "電話", "手机", "手機",
    ];

    private static readonly string[] Dates =
    [
        "date", "day", "datum", "tag", "fecha", "data", "jour", "dt", "when", "born", "birthday", "dob", "since", "until", "日期", "日付",
    ];

    /// <summary>Whether it names things by their digits: zip codes, telephone numbers.</summary>
    public static bool IsCode(string name) => Has(name, Codes);

    /// <summary>Whether it says when.</summary>
    public static bool IsDate(string name) => Has(name, Dates);

    private static bool Has(string name, string[] words)
    {
        var parts = name.ToLowerInvariant().Split([' ', '_', '-', '.', '/', '(', ')', ':'], StringSplitOptions.RemoveEmptyEntries);
        return words.Any(word => parts.Contains(word, StringComparer.Ordinal) || (word[0] > 'z' && name.Contains(word, StringComparison.Ordinal)))
            || words.Any(word => word.Length >= 4 && parts.Any(p => p.EndsWith(word, StringComparison.Ordinal)));
    }
}
