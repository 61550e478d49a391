using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Features.Governance;

/// <summary>Table <c>indicator_proposal</c>: each proposal as its events left it, written with them.</summary>
internal static class ProposalRows
{
    public const string Columns = "change::text, state, withdrawn::text, decided::text";

    /// <summary>Key of a proposal's stream.</summary>
    public static string Stream(Guid id) => $"proposal/{id}";

    public static NpgsqlBatchCommand Find(Guid id) => new($"select {Columns} from indicator_proposal where id = $1") { Parameters = { new() { Value = id } } };

    public static Proposal Read(NpgsqlDataReader row) => new(Parse<ChangeProposed>(row.GetString(0)))
    {
        State = Enum.Parse<ProposalState>(row.GetString(1)),
        Withdrawn = row.Text(2) is { } withdrawn ? Parse<ProposalWithdrawn>(withdrawn) : null,
        Decided = row.Text(3) is { } decided ? Parse<ProposalDecided>(decided) : null,
    };

    public static NpgsqlBatchCommand Put(Proposal proposal) => new("""
        insert into indicator_proposal (id, change, state, withdrawn, decided, proposed_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (id) do update set state = excluded.state, withdrawn = excluded.withdrawn, decided = excluded.decided
        """)
    {
        Parameters =
        {
            new() { Value = proposal.Id }, Json(proposal.Change), Sql.Of(proposal.State.ToString()), Json(proposal.Withdrawn), Json(proposal.Decided), Sql.Of(proposal.Change.At),
        },
    };

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, EventJson.Options)!;

    private static NpgsqlParameter Json(object? value) =>
        new() { Value = value is null ? DBNull.Value : JsonSerializer.Serialize(value, EventJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };
}
