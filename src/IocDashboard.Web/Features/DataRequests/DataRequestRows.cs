using System.Collections.Immutable;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>Tables <c>data_request</c> and <c>data_request_agency</c>: the state of each request, written with every event of its stream and in the same transaction.</summary>
internal static class DataRequestRows
{
    public const string Columns = "number, id, title, body, authority, asked_by, asked_at, due_at, questions, withdrawn_at, withdrawn_reason";

    public const string AgencyColumns =
        "agency, due_at, state, punctuality, overdue_since, answered_at, revision, answers, answered_by, returned_at, return_reason, mend_by, settled_at";

    /// <summary>Both of a request's parts, in two results.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Find(string number) =>
    [
        new($"select {Columns} from data_request where number = $1") { Parameters = { Sql.Of(number) } },
        new($"select {AgencyColumns} from data_request_agency where number = $1 order by place") { Parameters = { Sql.Of(number) } },
    ];

    public static async Task<DataRequest?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var request = await reader.ReadAsync(cancellation) ? Read(reader) : null;
        await reader.NextResultAsync(cancellation);
        var agencies = ImmutableArray.CreateBuilder<AskedAgency>();
        while (await reader.ReadAsync(cancellation)) agencies.Add(ReadAgency(reader, 0));
        return request is null ? null : request with { Agencies = agencies.ToImmutable() };
    }

    /// <summary>Without its agencies.</summary>
    public static DataRequest Read(NpgsqlDataReader row) => new()
    {
        Number = row.GetString(0), Id = row.GetGuid(1), Title = row.GetString(2), Text = row.GetString(3), Authority = row.GetString(4), By = row.GetString(5),
        AskedAt = row.GetFieldValue<DateTimeOffset>(6), DueAt = row.GetFieldValue<DateTimeOffset>(7), Questions = Json<Question>(row.GetString(8)),
        WithdrawnAt = row.Instant(9), WithdrawnReason = row.Text(10), Agencies = [],
    };

    public static AskedAgency ReadAgency(NpgsqlDataReader row, int from) => new(row.GetString(from), row.GetFieldValue<DateTimeOffset>(from + 1))
    {
        State = (AnswerState)row.GetInt16(from + 2), Punctuality = (Punctuality)row.GetInt16(from + 3), OverdueSince = row.Instant(from + 4),
        AnsweredAt = row.Instant(from + 5), Revision = row.GetInt32(from + 6), Answers = Json<GivenAnswer>(row.GetString(from + 7)),
        AnsweredBy = row.Text(from + 8), ReturnedAt = row.Instant(from + 9), ReturnReason = row.Text(from + 10), MendBy = row.Instant(from + 11),
        SettledAt = row.Instant(from + 12),
    };

    public static NpgsqlBatchCommand Insert(DataRequest request, int year, int ordinal) =>
        new($"insert into data_request (year, ordinal, {Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, null, null)")
        {
            Parameters =
            {
                Sql.Of(year), Sql.Of(ordinal), Sql.Of(request.Number), new NpgsqlParameter<Guid> { TypedValue = request.Id }, Sql.Of(request.Title), Sql.Of(request.Text),
                Sql.Of(request.Authority), Sql.Of(request.By), Sql.Of(request.AskedAt), Sql.Of(request.DueAt), Sql.Json(Json(request.Questions)),
            },
        };

    public static NpgsqlBatchCommand Put(DataRequest request) =>
        new("update data_request set due_at = $2, withdrawn_at = $3, withdrawn_reason = $4 where number = $1")
        {
            Parameters = { Sql.Of(request.Number), Sql.Of(request.DueAt), Sql.Of(request.WithdrawnAt), Sql.Of(request.WithdrawnReason) },
        };

    public static NpgsqlBatchCommand PutAgency(string number, int place, AskedAgency asked, DateTimeOffset at) =>
        new($"""
            insert into data_request_agency (number, place, {AgencyColumns}, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            on conflict (number, agency) do update set
                due_at = excluded.due_at, state = excluded.state, punctuality = excluded.punctuality, overdue_since = excluded.overdue_since,
                answered_at = excluded.answered_at, revision = excluded.revision, answers = excluded.answers, answered_by = excluded.answered_by,
                returned_at = excluded.returned_at, return_reason = excluded.return_reason, mend_by = excluded.mend_by,
                settled_at = excluded.settled_at, updated_at = excluded.updated_at
            """)
        {
            Parameters =
            {
                Sql.Of(number), Sql.Of(place), Sql.Of(asked.Agency), Sql.Of(asked.DueAt), Sql.Of((short)asked.State), Sql.Of((short)asked.Punctuality),
                Sql.Of(asked.OverdueSince), Sql.Of(asked.AnsweredAt), Sql.Of(asked.Revision), Sql.Json(Json(asked.Answers)), Sql.Of(asked.AnsweredBy),
                Sql.Of(asked.ReturnedAt), Sql.Of(asked.ReturnReason), Sql.Of(asked.MendBy), Sql.Of(asked.SettledAt), Sql.Of(at),
            },
        };

    private static string Json<T>(ImmutableArray<T> items) => JsonSerializer.Serialize(items, EventJson.Options);

    private static ImmutableArray<T> Json<T>(string text) => JsonSerializer.Deserialize<ImmutableArray<T>>(text, EventJson.Options);
}
