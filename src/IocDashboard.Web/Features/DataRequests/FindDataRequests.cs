using System.Collections.Immutable;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>One request in the centre's list, with how many of the agencies asked stand where.</summary>
/// <param name="Overdue">Past their deadline without any answer.</param>
/// <param name="Waiting">Answered, and nobody at the centre has said anything to it yet.</param>
public sealed record RequestSummary(DataRequest Request, int Asked, int Answered, int Waiting, int Returned, int Accepted, int Overdue)
{
    /// <summary>Nothing more is to be done by anybody.</summary>
    public bool IsClosed => Request.WithdrawnAt is not null || Accepted == Asked;
}

/// <summary>What waits for somebody, over all requests that were not withdrawn.</summary>
public sealed record RequestCounts(int Waiting, int Overdue);

/// <summary>The centre's questions about data requests: all of them, with no agency's drafts.</summary>
public sealed class FindDataRequests(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>Some years of asking; older ones are found by their number.</summary>
    public const int Most = 500;

    /// <returns>The newest first.</returns>
    public async Task<IReadOnlyList<RequestSummary>> Handle(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select {string.Join(", ", DataRequestRows.Columns.Split(", ").Select(c => "r." + c))}, a.asked, a.answered, a.waiting, a.returned, a.accepted, a.overdue
            from (select * from data_request order by asked_at desc, number desc limit {Most}) r
            cross join lateral (
                select count(*)::int asked, count(answered_at)::int answered, (count(*) filter (where state = {(short)AnswerState.Answered}))::int waiting,
                    (count(*) filter (where state = {(short)AnswerState.Returned}))::int returned, (count(*) filter (where state = {(short)AnswerState.Accepted}))::int accepted,
                    (count(*) filter (where state = {(short)AnswerState.Open} and (overdue_since is not null or due_at <= $1)))::int overdue
                from data_request_agency where number = r.number) a
            order by r.asked_at desc, r.number desc
            """);
        command.Parameters.Add(Sql.Of(clock.GetUtcNow()));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<RequestSummary>();
        const int next = 11;
        while (await reader.ReadAsync(cancellation))
            found.Add(new(
                DataRequestRows.Read(reader), reader.GetInt32(next), reader.GetInt32(next + 1), reader.GetInt32(next + 2), reader.GetInt32(next + 3),
                reader.GetInt32(next + 4), reader.GetInt32(next + 5)));
        return found;
    }

    /// <returns>Null when there is none of this number.</returns>
    public async Task<DataRequest?> One(string number, CancellationToken cancellation)
    {
        if (!DataRequestNumber.Is(number)) return null;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in DataRequestRows.Find(number)) batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await DataRequestRows.ReadAsync(reader, cancellation);
    }

    public async Task<RequestCounts> Count(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select (count(*) filter (where a.state = {(short)AnswerState.Answered}))::int,
                (count(*) filter (where a.state = {(short)AnswerState.Open} and (a.overdue_since is not null or a.due_at <= $1)))::int
            from data_request_agency a join data_request r using (number) where a.state in ({(short)AnswerState.Open}, {(short)AnswerState.Answered}) and r.withdrawn_at is null
            """);
        command.Parameters.Add(Sql.Of(clock.GetUtcNow()));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt32(0), reader.GetInt32(1));
    }
}

/// <summary>A request as a reader may see it: without the questions, and what was said to them, about indicators that are hidden from them.</summary>
public static class SeenDataRequest
{
    extension(DataRequest request)
    {
        /// <param name="seen">The catalogue as the reader sees it.</param>
        /// <param name="whole">The catalogue with all that there is: an indicator that is in neither was retired, and hides nothing.</param>
        public DataRequest SeenBy(CatalogueSnapshot seen, CatalogueSnapshot whole)
        {
            var hidden = request.Questions.Where(q => q.Indicator is { } code && whole.Indicators.ContainsKey(code) && !seen.Indicators.ContainsKey(code)).Select(q => q.Id).ToHashSet(StringComparer.Ordinal);
            return hidden.Count == 0 ? request : request with
            {
                Questions = [.. request.Questions.Where(q => !hidden.Contains(q.Id))],
                Agencies = [.. request.Agencies.Select(a => a with { Answers = [.. a.Answers.Where(g => !hidden.Contains(g.Question))] })],
            };
        }
    }
}
