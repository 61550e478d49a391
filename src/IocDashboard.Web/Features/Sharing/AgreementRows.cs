using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Sharing;

/// <summary>Table <c>sharing_agreement</c>, written; it is read with the catalogue.</summary>
internal static class AgreementRows
{
    public static NpgsqlCommand Insert(SharingAgreement agreement, NpgsqlTransaction transaction) => new("""
        insert into sharing_agreement (id, indicator, reader, valid_from, valid_to, document, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """, transaction.Connection, transaction)
    {
        Parameters =
        {
            new() { Value = agreement.Id }, Sql.Of(agreement.Indicator), Sql.Of(agreement.Reader), Sql.Of(agreement.ValidFrom), Sql.Of(agreement.ValidTo),
            Sql.Of(agreement.Document), Sql.Of(agreement.RecordedBy), Sql.Of(agreement.RecordedAt),
        },
    };

    /// <summary>As the audit trail tells it.</summary>
    public static JsonObject Told(SharingAgreement agreement) => new()
    {
        ["indicator"] = agreement.Indicator, ["reader"] = agreement.Reader, ["validFrom"] = agreement.ValidFrom, ["validTo"] = agreement.ValidTo,
        ["document"] = agreement.Document, ["endedAt"] = agreement.EndedAt,
    };
}
