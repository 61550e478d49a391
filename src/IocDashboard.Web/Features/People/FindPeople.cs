using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Npgsql;

namespace IocDashboard.Web.Features.People;

/// <summary>Who is looked for; null leaves it open.</summary>
/// <param name="Search">Words that all occur in the name, the user name or the agency, in any case and without diacritics.</param>
/// <param name="Role">In force now.</param>
public sealed record PeopleQuestion(string? Search, string? Agency, string? Role, PersonState? State);

/// <summary>One account. Instants are UTC.</summary>
/// <param name="Roles">Those in force, in alphabetical order.</param>
/// <param name="UsedAt">Last signed in to; where never, made or opened.</param>
public sealed record PersonRow(
    string Id, string UserName, string FullName, string Agency, IReadOnlyList<string> Roles, PersonState State, DateTimeOffset? LockedUntil,
    DateTimeOffset? ClosedAt, string? ClosedWhy, bool HasSecondFactor, DateTimeOffset? LastSignInAt, DateTimeOffset UsedAt);

/// <summary>One page of the people found, and how many there are in all.</summary>
public sealed record FoundPeople(IReadOnlyList<PersonRow> People, int Total)
{
    public static FoundPeople None { get; } = new([], 0);
}

/// <summary>The accounts of people, by user name, a page at a time; one statement whatever is asked.</summary>
public sealed class FindPeople(NpgsqlDataSource database, CatalogueCache catalogue, TimeProvider clock)
{
    public const int PageSize = 100;

    /// <summary>Two weeks before an unused account is closed (<see cref="CloseUnusedAccounts.After"/>) there is time to ask its owner.</summary>
    public static readonly TimeSpan UnusedAfter = TimeSpan.FromDays(30);

    private static readonly string Statement = $"""
        with agency as (select code, {FoldedSql.Of("name")} as folded from unnest($1::text[], $2::text[]) as a(code, name)),
        person as (
            select a."Id", a."UserName", a."NormalizedUserName", a."FullName", a."Agency",
                array(select distinct r.role from identity.role_assignment r
                      where r.account = a."Id" and r.valid_from <= $3 and (r.valid_to is null or r.valid_to > $3) order by 1) as roles,
                case when a."ClosedAt" is not null then 'Closed' when a."LockoutEnd" > $3 then 'Locked'
                     when a."MustChangePassword" and a."PasswordSetAt" <= $13 then 'InitialPasswordLapsed'
                     when greatest(a."OpenedAt", coalesce(a."LastSignInAt", a."OpenedAt")) <= $4 then 'Unused'
                     when a."MustChangePassword" then 'InitialPassword' else 'Open' end as state,
                a."LockoutEnd", a."ClosedAt", a."ClosedWhy", a."TwoFactorEnabled", a."LastSignInAt",
                greatest(a."OpenedAt", coalesce(a."LastSignInAt", a."OpenedAt")) as used_at
            from identity.account a left join agency g on g.code = a."Agency"
            where ($5 or a."Agency" = $6) and ($7::text is null or a."Agency" = $7)
                and {FoldedSql.AllWordsOccur("$8::text", $"""({FoldedSql.Of("""a."UserName" || ' ' || a."FullName" || ' ' || a."Agency" """)} || ' ' || coalesce(g.folded, ''))""")})
        select "Id", "UserName", "FullName", "Agency", roles, state, "LockoutEnd", "ClosedAt", "ClosedWhy", "TwoFactorEnabled", "LastSignInAt", used_at, count(*) over ()
        from person where ($9::text is null or $9 = any(roles)) and ($10::text is null or state = $10)
        order by "NormalizedUserName" offset $11 limit $12
        """;

    /// <param name="scope">The agencies whose people the reader may see.</param>
    /// <param name="page">From 0 on.</param>
    public async Task<FoundPeople> Handle(PeopleQuestion question, AgencyScope scope, int page, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var agencies = catalogue.Current.AgencyList;
        await using var command = database.CreateCommand(Statement);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            Sql.Of([.. agencies.Select(a => a.Code)]), Sql.Of([.. agencies.Select(a => $"{a.Name.Vi} {a.ShortName.Vi} {a.Name.En}")]),
            Sql.Of(now), Sql.Of(now - UnusedAfter), new() { Value = scope.IsAll }, Sql.Of(scope.Agency), Sql.Of(Given(question.Agency)), Sql.Of(Given(question.Search)),
            Sql.Of(Given(question.Role)), Sql.Of(question.State?.ToString()), Sql.Of(Math.Max(page, 0) * PageSize), Sql.Of(PageSize),
            Sql.Of(now - AccountRules.InitialPasswordLives),
        ]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (people, total) = (new List<PersonRow>(), 0L);
        while (await reader.ReadAsync(cancellation))
        {
            people.Add(Read(reader));
            total = reader.GetInt64(12);
        }

        return new(people, (int)total);
    }

    private static PersonRow Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4), Enum.Parse<PersonState>(row.GetString(5)),
        row.Instant(6), row.Instant(7), row.Text(8), row.GetBoolean(9), row.Instant(10), row.GetFieldValue<DateTimeOffset>(11));

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
