using System.Collections.Frozen;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>One agency's part of a request, as its own people see it: nobody else's part is in it.</summary>
/// <param name="Drafts">What was typed and not sent, by question.</param>
/// <param name="Previous">The last known figure of a question's indicator, by question, as far as the agency sees it.</param>
public sealed record OwnRequest(
    DataRequest Request, AskedAgency Asked, FrozenDictionary<string, DraftAnswer> Drafts, FrozenDictionary<string, PreviousFigure> Previous)
{
    /// <summary>What colleagues typed over one another, the newest first.</summary>
    public IReadOnlyList<PastDraft> Past { get; init; } = [];

    /// <summary>Grows with each writing of any draft.</summary>
    public long Version => VersionOf(Drafts.Values);

    public static long VersionOf(IEnumerable<DraftAnswer> drafts) => drafts.Sum(d => (long)d.Version);
}

/// <summary>A figure beside the place for a new one.</summary>
public sealed record PreviousFigure(string Area, DateTimeOffset TimeKey, char Rhythm, decimal? Value);

/// <summary>A request in an agency's own list.</summary>
/// <param name="Filled">Questions that something was typed to, or answered before.</param>
/// <param name="LastBy">Who typed last, or answered.</param>
public sealed record DeskRequest(DataRequest Request, AskedAgency Asked, int Filled, string? LastBy);

/// <summary>Requests as far as one agency's scope goes: the statement itself leaves out the rest.</summary>
public sealed class FindOwnRequests(NpgsqlDataSource database, CatalogueCache catalogues, Sights sights)
{
    private static readonly string AllColumns =
        string.Join(", ", DataRequestRows.Columns.Split(", ").Select(c => "r." + c).Concat(DataRequestRows.AgencyColumns.Split(", ").Select(c => "a." + c)));

    private const int AgencyFrom = 11, After = AgencyFrom + 13, MostPast = 5;

    /// <param name="from">Requests due before it are left out, unless something is still owed.</param>
    /// <param name="after">Due instant and number of the last one of the page before.</param>
    /// <returns>By due instant.</returns>
    public async Task<IReadOnlyList<DeskRequest>> Handle(
        AgencyScope scope, DateTimeOffset from, int limit, CancellationToken cancellation, AnswerState? state = null, (DateTimeOffset DueAt, string Number)? after = null)
    {
        await using var command = database.CreateCommand($"""
            select {AllColumns}, d.filled::int, d.last_by
            from data_request_agency a join data_request r using (number)
            cross join lateral (
                select (select count(*) from jsonb_array_elements(r.questions) q where exists (
                        select from data_request_draft where number = a.number and agency = a.agency and question = q ->> 'Id' and (content <> '' or note is not null))
                    or a.answers @> jsonb_build_array(jsonb_build_object('Question', q ->> 'Id'))) filled,
                    (select written_by from data_request_draft where number = a.number and agency = a.agency order by written_at desc limit 1) last_by) d
            where a.agency = $1 and (a.due_at >= $2 or a.state in ({(short)AnswerState.Open}, {(short)AnswerState.Returned})) and ($3::smallint is null or a.state = $3)
                and ($4::timestamptz is null or (a.due_at, a.number) > ($4, $5))
            order by a.due_at, a.number limit $6
            """);
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            Sql.Of(scope.Agency), Sql.Of(from), new() { Value = state is { } s ? (short)s : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Smallint },
            Sql.Of(after?.DueAt), Sql.Of(after?.Number), Sql.Of(limit),
        ]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<DeskRequest>();
        while (await reader.ReadAsync(cancellation))
        {
            var asked = DataRequestRows.ReadAgency(reader, AgencyFrom);
            found.Add(new(DataRequestRows.Read(reader) with { Agencies = [asked] }, asked, reader.GetInt32(After), reader.Text(After + 1) ?? asked.AnsweredBy));
        }

        return found;
    }

    /// <returns>Null when the agency was not asked, and when there is none of this number: whichever it is, the caller does not learn.</returns>
    public async Task<OwnRequest?> One(string number, AgencyScope scope, CancellationToken cancellation)
    {
        if (!DataRequestNumber.Is(number)) return null;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        DataRequest? request = null;
        AskedAgency? asked = null;
        List<DraftAnswer> drafts;
        List<PastDraft> past;
        await using (var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"select {AllColumns} from data_request_agency a join data_request r using (number) where a.number = $1 and a.agency = $2")
                {
                    Parameters = { Sql.Of(number), Sql.Of(scope.Agency) },
                },
                DraftRows.Find(number, scope.Agency),
                DraftRows.FindPast(number, scope.Agency, MostPast),
            },
        })
        await using (var reader = await batch.ExecuteReaderAsync(cancellation))
        {
            if (await reader.ReadAsync(cancellation)) (request, asked) = (DataRequestRows.Read(reader), DataRequestRows.ReadAgency(reader, AgencyFrom));
            await reader.NextResultAsync(cancellation);
            drafts = await DraftRows.ReadAsync(reader, cancellation);
            await reader.NextResultAsync(cancellation);
            past = await DraftRows.ReadPastAsync(reader, cancellation);
        }

        if (request is null || asked is null) return null;
        return new(
            request with { Agencies = [asked] }, asked, drafts.ToFrozenDictionary(d => d.Question, StringComparer.Ordinal),
            await PreviousAsync(connection, request, scope.Agency, cancellation))
        {
            Past = past,
        };
    }

    private async Task<FrozenDictionary<string, PreviousFigure>> PreviousAsync(
        NpgsqlConnection connection, DataRequest request, string agency, CancellationToken cancellation)
    {
        var (catalogue, sight) = (catalogues.Current, sights.Of(agency));
        var series = new Dictionary<string, Series>(StringComparer.Ordinal);
        foreach (var question in request.Questions)
            if (question.Indicator is { } code && catalogue.Indicators.TryGetValue(code, out var indicator) && sight.Sees(indicator) && SeriesOf(catalogue, question, agency) is { } found)
                series[question.Id] = found;
        if (series.Count == 0) return FrozenDictionary<string, PreviousFigure>.Empty;
        await using var command = new NpgsqlCommand("select series_id, time_key, rhythm::text, value from current_value where series_id = any($1)", connection);
        command.Parameters.Add(Sql.Of([.. series.Values.Select(s => s.Id).Distinct()]));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var heads = new Dictionary<int, (DateTimeOffset At, char Rhythm, decimal? Value)>();
        while (await reader.ReadAsync(cancellation)) heads[reader.GetInt32(0)] = (reader.GetFieldValue<DateTimeOffset>(1), reader.GetString(2)[0], reader.Number(3));
        return series.Where(s => heads.ContainsKey(s.Value.Id))
            .ToFrozenDictionary(s => s.Key, s => new PreviousFigure(s.Value.Area, heads[s.Value.Id].At, heads[s.Value.Id].Rhythm, heads[s.Value.Id].Value), StringComparer.Ordinal);
    }

    // The agency's own part where the indicator is broken down so, else the province.
    private static Series? SeriesOf(CatalogueSnapshot catalogue, Question question, string agency)
    {
        foreach (var area in question.Area is { } named ? [named] : (string[])[agency, Area.ProvinceCode])
            if (catalogue.SeriesByKey.TryGetValue((question.Indicator!, area), out var series)) return series;
        return null;
    }
}
