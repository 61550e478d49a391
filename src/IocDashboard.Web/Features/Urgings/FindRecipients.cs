using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>Who of an agency can be written to: its focal points of the day, and its heads.</summary>
/// <param name="HasPrincipal">False: it has named nobody, or the naming expired, which is itself a fault (article 9.3a).</param>
public sealed record AgencyRecipients(IReadOnlyList<UrgingRecipient> FocalPoints, IReadOnlyList<UrgingRecipient> Heads, bool HasPrincipal)
{
    public static readonly AgencyRecipients None = new([], [], HasPrincipal: false);
}

/// <summary>Two statements for however many agencies.</summary>
public sealed class FindRecipients(NpgsqlDataSource database, ProvinceTime time, TimeProvider clock)
{
    /// <param name="headOf">What a head of an agency is called, in the language of the letter.</param>
    public async Task<IReadOnlyDictionary<string, AgencyRecipients>> Handle(IReadOnlyCollection<string> agencies, string headOf, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        NpgsqlParameter Agencies() => Sql.Of([.. agencies.Select(a => (string?)a)]);
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("""
            select agency, kind, name, position, email from focal_point
            where agency = any($1) and valid_from <= $2 and (valid_until is null or valid_until > $2) order by agency, kind, valid_from desc
            """) { Parameters = { Agencies(), new() { Value = time.DayOf(now) } } });
        batch.BatchCommands.Add(new($"""
            select a."Agency", coalesce(nullif(a."FullName", ''), a."UserName"), a."Email" from identity.account a
            where a."Agency" = any($1) and a."ClosedAt" is null and exists (
                select from identity.role_assignment r where r.account = a."Id" and r.role = '{Roles.AgencyHead}' and r.valid_from <= $2 and (r.valid_to is null or r.valid_to > $2))
            order by a."Agency", a."UserName"
            """) { Parameters = { Agencies(), Sql.Of(now) } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var points = new List<(string Agency, bool IsPrincipal, UrgingRecipient Who)>();
        while (await reader.ReadAsync(cancellation)) points.Add((reader.GetString(0), reader.GetInt16(1) == 0, new(reader.GetString(2), reader.GetString(3), reader.GetString(4))));
        await reader.NextResultAsync(cancellation);
        var heads = new List<(string Agency, UrgingRecipient Who)>();
        while (await reader.ReadAsync(cancellation)) heads.Add((reader.GetString(0), new(reader.GetString(1), headOf, reader.Text(2))));
        return agencies.Distinct(StringComparer.Ordinal).ToDictionary(a => a, a => new AgencyRecipients(
            [.. points.Where(p => p.Agency == a).Select(p => p.Who)], [.. heads.Where(h => h.Agency == a).Select(h => h.Who)], points.Any(p => p.Agency == a && p.IsPrincipal)), StringComparer.Ordinal);
    }
}
