namespace IocDashboard.Web.Features.People;

/// <summary>
/// Text as a person types it when looking for something, in the database: lower case, without diacritics, đ as d. Marks come off by
/// decomposition, so the result does not hang on the database's collation.
/// </summary>
internal static class FoldedSql
{
    public static string Of(string expression) =>
        $@"lower(translate(regexp_replace(normalize({expression}, NFD), '[\u0300-\u036f]', '', 'g'), 'ĐđÐð', 'dddd'))";

    /// <summary>Every word of the search (a parameter, maybe null) occurs in the text (an expression that is folded already).</summary>
    public static string AllWordsOccur(string search, string folded) => $"""
        not exists (select from regexp_split_to_table(trim({Of($"coalesce({search}, '')")}), '\s+') w(word) where position(w.word in {folded}) = 0)
        """;
}
