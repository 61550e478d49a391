namespace IocDashboard.Web.Api.Description;

/// <summary>The parameters that an endpoint reads from its query, for the OpenAPI document; the endpoint's reader refuses any other.</summary>
internal sealed record QueryParameters(IReadOnlyList<string> Names)
{
    /// <summary>What each parameter means, wherever it occurs.</summary>
    public static readonly IReadOnlyDictionary<string, (string Type, string? Format, string Meaning)> Meanings =
        new Dictionary<string, (string, string?, string)>(StringComparer.Ordinal)
        {
            ["indicator"] = ("string", null, "Codes of indicators, by comma."),
            ["area"] = ("string", null, "Codes of areas, by comma."),
            ["agency"] = ("string", null, "Codes of agencies, by comma."),
            ["form"] = ("string", null, "Code of a form."),
            ["field"] = ("string", null, "Code of a field."),
            ["kind"] = ("string", null, "Kind, as in the register."),
            ["parent"] = ("string", null, "Code of the area above."),
            ["state"] = ("string", null, "One state of the list."),
            ["from"] = ("string", null, "First day or period."),
            ["to"] = ("string", null, "Last day or period."),
            ["asOf"] = ("string", "date-time", "The answer is what the centre knew at this instant."),
            ["includeHistory"] = ("boolean", null, "Every revision once, as it last stood, and not only the newest."),
            ["updatedAfter"] = ("string", "date-time", "Only what was recorded, verified or returned after this instant."),
            ["since"] = ("string", "date-time", "Only what was revised after this instant; the last seven days when left out."),
            ["groupBy"] = ("string", null, "agency, field or form."),
            ["limit"] = ("integer", null, "Items of a page, at most 1,000."),
            ["cursor"] = ("string", null, "The value of next from the page before."),
            ["dryRun"] = ("boolean", null, "Judge, and keep nothing."),
            ["messageId"] = ("string", null, "Of a file of rows, which has no place for it: the sender's own id of this message."),
            ["complete"] = ("boolean", null, "Of a file of rows: false keeps a draft."),
        };
}
