using System.Collections.Immutable;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>The register, as far as the reader's scope goes: the statement itself leaves out the rest.</summary>
public sealed class FindFocalPoints(NpgsqlDataSource database, CatalogueCache catalogues, ProvinceTime time)
{
    /// <summary>All that ever were, by agency, principals first, the youngest first among each.</summary>
    /// <param name="agency">Only that one's.</param>
    public async Task<IReadOnlyList<FocalPoint>> Handle(AgencyScope scope, CancellationToken cancellation, string? agency = null)
    {
        await using var select = database.CreateCommand($"""
            select {FocalPointRows.Columns} from focal_point
            where ($1 or agency = $2) and ($3::text is null or agency = $3)
            order by agency, kind, valid_from desc, recorded_at desc
            """);
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = scope.IsAll }, Sql.Of(scope.Agency), Sql.Of(agency)]);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        return await FocalPointRows.ReadAllAsync(reader, cancellation);
    }

    /// <summary>Null when there is none of it, or it is another agency's.</summary>
    public async Task<FocalPoint?> One(Guid id, AgencyScope scope, CancellationToken cancellation)
    {
        await using var select = database.CreateCommand($"select {FocalPointRows.Columns} from focal_point where id = $1 and ($2 or agency = $3)");
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = id }, new() { Value = scope.IsAll }, Sql.Of(scope.Agency)]);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? FocalPointRows.Read(reader) : null;
    }

    /// <summary>Agencies within the scope that owe reports or measurements and have no principal at the instant.</summary>
    public async Task<ImmutableArray<string>> MissingAt(DateTimeOffset instant, AgencyScope scope, CancellationToken cancellation) =>
        FocalPointGaps.MissingAt(instant, Reporting(catalogues.Current).Where(scope.Covers), await Handle(scope, cancellation), time);

    /// <summary>Agencies with assigned forms or feeds, in the register's order.</summary>
    public static ImmutableArray<string> Reporting(CatalogueSnapshot catalogue)
    {
        var owing = catalogue.FormList.Select(f => f.Agency).Concat(catalogue.FeedList.Select(f => f.Agency)).ToHashSet(StringComparer.Ordinal);
        return [.. catalogue.AgencyList.Select(a => a.Code).Where(owing.Contains)];
    }
}
