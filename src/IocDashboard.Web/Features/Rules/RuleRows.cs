using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Domain;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Rules;

/// <summary>Table <c>judgement_rule</c>, written; it is read with the catalogue.</summary>
internal static class RuleRows
{
    /// <summary>A rule whose code is there already is left as it is.</summary>
    public static NpgsqlBatchCommand Insert(BookedRule rule) => new("""
        insert into judgement_rule (code, body, state, since, decided_by, reason, proposed_by, proposed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (code) do nothing
        """)
    {
        Parameters =
        {
            Sql.Of(rule.Rule.Code), Sql.Json(JsonSerializer.Serialize(rule.Rule, EventJson.Options)), Sql.Of(rule.State.ToString()), Sql.Of(rule.Since),
            Sql.Of(rule.By), Sql.Of(rule.Reason), Sql.Of(rule.ProposedBy), Sql.Of(rule.ProposedAt),
        },
    };

    public static NpgsqlBatchCommand Switch(BookedRule rule) => new("update judgement_rule set state = $2, since = $3, decided_by = $4, reason = $5 where code = $1")
    {
        Parameters = { Sql.Of(rule.Rule.Code), Sql.Of(rule.State.ToString()), Sql.Of(rule.Since), Sql.Of(rule.By), Sql.Of(rule.Reason) },
    };

    /// <summary>As the audit trail tells it: what it says, once, and its state.</summary>
    public static JsonObject Told(BookedRule rule, bool whole)
    {
        var told = new JsonObject { ["state"] = rule.State.ToString(), ["since"] = rule.Since, ["reason"] = rule.Reason };
        if (whole) told["rule"] = JsonSerializer.SerializeToNode(rule.Rule, EventJson.Options);
        return told;
    }
}
