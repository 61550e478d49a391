using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Governance;

/// <summary>
/// Proposals, pending ones first, then newest first. Whoever proposes or records decisions sees each, for it cannot be decided on what
/// has no name; everybody else those whose indicator they see.
/// </summary>
public sealed class FindProposals(NpgsqlDataSource database, CatalogueCache catalogue)
{
    private const int Most = 500;

    public async Task<IReadOnlyList<Proposal>> Handle(Sight sight, bool governs, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select {ProposalRows.Columns} from indicator_proposal order by state <> 'Pending', proposed_at desc limit $1
            """);
        command.Parameters.Add(Sql.Of(Most));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (now, found) = (catalogue.Current, new List<Proposal>());
        while (await reader.ReadAsync(cancellation))
        {
            var proposal = ProposalRows.Read(reader);
            if (governs || IsSeen(now, sight, proposal.Change.Indicator)) found.Add(proposal);
        }

        return found;
    }

    private static bool IsSeen(CatalogueSnapshot catalogue, Sight sight, Indicator proposed) =>
        sight.Sees(proposed) && (!catalogue.Indicators.TryGetValue(proposed.Code, out var held) || sight.Sees(held));
}
