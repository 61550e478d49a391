using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Governance;

/// <summary>
/// Takes what was decided into the catalogue on the first instant of its day in the province's zone, exactly once on however many
/// nodes: under the catalogue's lock it reads what is still to be taken in, appends the events of indicators, forms and feeds, and marks
/// the versions beside them. Reports of periods that began before keep their own set.
/// </summary>
public sealed class ApplyDecisions(
    NpgsqlDataSource database, IDocumentStore history, CatalogueLoader loader, CommitSignal committed, AuditTrail audit, OpenObligations open,
    ProvinceTime time, TimeProvider clock, ILogger<ApplyDecisions> logger)
{
    /// <summary>When the next day begins within <paramref name="lookAhead"/>, waits for it, so that a decision holds when its day begins.</summary>
    /// <returns>How many versions came into force.</returns>
    public async Task<int> Handle(TimeSpan lookAhead, CancellationToken cancellation)
    {
        if (await NextDay(cancellation) is not { } day) return 0;
        var wait = time.StartOf(day) - clock.GetUtcNow();
        if (wait > lookAhead) return 0;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellation);
        var applied = 0;
        while (await ApplyDay(cancellation) is > 0 and var some) applied += some;
        if (applied == 0) return 0;

        await loader.LoadAsync(CancellationToken.None);
        committed.Pulse();
        await open.Handle(CancellationToken.None);
        logger.LogInformation("{Versions} decided changes of the indicator set came into force", applied);
        return applied;
    }

    private async Task<DateOnly?> NextDay(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select min(from_day) from indicator_version where applied_at is null");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.IsDBNull(0) ? null : reader.GetFieldValue<DateOnly>(0);
    }

    /// <summary>The earliest day of which anything is still to be taken in.</summary>
    private async Task<int> ApplyDay(CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);
        var catalogue = await CatalogueLoader.ReadAsync(connection, cancellation);
        var due = catalogue.Book.Versions.Where(v => v.AppliedAt is null && v.From <= time.DayOf(now)).GroupBy(v => v.From).MinBy(g => g.Key)?.ToList();
        if (due is null) return 0;

        var plan = new SetPlan(catalogue, catalogue.At(due[0].From), due[0].Decision!);
        foreach (var version in due) plan.Take(version);
        plan.FollowForms();
        plan.FollowFeeds();
        await CatalogueRows.LockFeedsAsync(transaction, plan.Feeds.Concat(plan.SilentFeeds), cancellation);
        await history.AppendAsync(transaction, plan.Changes.Select(c => (c.Stream, c.Event)), cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            foreach (var change in plan.Changes) batch.BatchCommands.Add(PutItem(change.Stream, change.Body));
            foreach (var feed in plan.SilentFeeds)
            {
                batch.BatchCommands.Add(new("delete from catalogue_item where stream = $1") { Parameters = { Sql.Of(CatalogueStreams.Feed(feed.Code)) } });
                batch.BatchCommands.Add(new("delete from feed_state where feed = $1") { Parameters = { Sql.Of(feed.Code) } });
            }

            batch.BatchCommands.Add(VersionRows.Apply(due[0].From, now));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await CatalogueRows.WriteSeriesAsync(connection, [.. due.SelectMany(v => v.Areas, (v, area) => (v.Code, area))], cancellation);
        await CatalogueRows.WriteFeedsAsync(connection, plan.Feeds, now, cancellation);
        await CatalogueRows.WriteChangeAsync(connection, [.. plan.Feeds.Concat(plan.SilentFeeds).Select(f => f.Code)], now, cancellation);
        foreach (var version in due) await audit.AppendAsync(transaction, AuditActions.DecisionApplied, version.Code, AuditOutcome.Done, after: Told(version), by: AuditActor.Itself, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return due.Count;
    }

    private static NpgsqlBatchCommand PutItem(string stream, string body) => new("""
        insert into catalogue_item (stream, sort, body) values ($1, (select coalesce(max(sort), 0) + 1 from catalogue_item), $2)
        on conflict (stream) do update set body = excluded.body
        """)
    {
        Parameters = { Sql.Of(stream), Sql.Json(body) },
    };

    private static JsonObject Told(IndicatorVersion version) => new()
    {
        ["kind"] = version.Kind.ToString(), ["decision"] = version.Decision!.Document, ["effective"] = version.From.ToString("O"), ["break"] = version.IsBreak,
    };
}

/// <summary>The events by which the catalogue becomes the set of another day.</summary>
internal sealed class SetPlan(CatalogueSnapshot before, CatalogueSnapshot after, Decision decision)
{
    private readonly List<(string Stream, object Event, string Body)> _changes = [];
    private readonly List<Feed> _feeds = [], _silent = [];

    public IReadOnlyList<(string Stream, object Event, string Body)> Changes => _changes;

    /// <summary>New ones, and those that carry something else.</summary>
    public IReadOnlyList<Feed> Feeds => _feeds;

    /// <summary>Those that carry nothing any more: nobody listens for them.</summary>
    public IReadOnlyList<Feed> SilentFeeds => _silent;

    public void Take(IndicatorVersion version) => Note(CatalogueStreams.Indicator(version.Code), version.Indicator, version.Kind switch
    {
        VersionKind.Added => new IndicatorAdded(version.Indicator, version.Decision!),
        VersionKind.Retired => new IndicatorRetired(version.Indicator, version.Decision!),
        _ => new IndicatorRevised(version.Indicator, version.Decision!),
    });

    public void FollowForms()
    {
        foreach (var form in after.FormList)
        {
            if (!before.Forms.TryGetValue(form.Code, out var held)) Note(CatalogueStreams.Form(form.Code), form, new FormAssigned(form, decision));
            else if (Json(held) != Json(form)) Note(CatalogueStreams.Form(form.Code), form, new FormRevised(form, decision));
        }
    }

    public void FollowFeeds()
    {
        foreach (var feed in after.FeedList)
        {
            if (before.Feeds.TryGetValue(feed.Code, out var held) && Json(held) == Json(feed)) continue;
            Note(CatalogueStreams.Feed(feed.Code), feed, held is null ? new FeedRegistered(feed, decision) : new FeedRevised(feed, decision));
            _feeds.Add(feed);
        }

        foreach (var gone in before.FeedList.Where(f => !after.Feeds.ContainsKey(f.Code)))
        {
            var silent = gone with { Indicators = [] };
            Note(CatalogueStreams.Feed(gone.Code), silent, new FeedRevised(silent, decision));
            _silent.Add(silent);
        }
    }

    private void Note<T>(string stream, T item, object @event) => _changes.Add((stream, @event, Json(item)));

    private static string Json<T>(T item) => JsonSerializer.Serialize(item, EventJson.Options);
}
