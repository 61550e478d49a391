using System.Collections.Immutable;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue.Import;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>Take the reference files of a folder into the catalogue.</summary>
/// <param name="StructureOf">Agencies valid on this day are loaded, open-ended.</param>
/// <param name="AssignedFrom">From when forms are owed. Null: new forms from the period that is running (<see cref="FirstAssignment"/>), held ones as they are.</param>
/// <param name="Authority">Code of the body that decided the change (article 9.1c).</param>
/// <param name="Document">Number and date of its decision.</param>
/// <param name="By">The account or program that carries it out.</param>
public sealed record ImportCatalogue(
    string Directory, DateOnly StructureOf, DateOnly? AssignedFrom, string Authority, string Document, string By, bool DryRun = false)
{
    /// <summary>The structure that the regulation names: docs/decisions/0009.</summary>
    public static readonly DateOnly RegulationsStructure = new(2021, 1, 1);
}

/// <summary>What an import did, or would do. Nothing was changed when there are findings.</summary>
/// <param name="Absent">Streams that are held and that the files do not name: kept as they are.</param>
public sealed record ImportOutcome(
    ImmutableArray<ImportFinding> Findings, ImmutableArray<string> Added, ImmutableArray<string> Revised,
    ImmutableArray<string> Absent, int Unchanged, int ReferenceRows, int NewSeries)
{
    public bool Changed => Added.Length + Revised.Length + ReferenceRows + NewSeries > 0;
}

/// <summary>
/// One transaction: an event for each thing that is new or differs, the rows that the catalogue is loaded from, and one change
/// row. Running it twice changes nothing.
/// </summary>
public sealed class ImportCatalogueHandler(
    NpgsqlDataSource database, IDocumentStore history, CatalogueLoader loader, CommitSignal signal, AuditTrail audit, RescheduleReports reschedule,
    ProvinceTime time, TimeProvider clock)
{
    public async Task<ImportOutcome> Handle(ImportCatalogue command, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var findings = new List<ImportFinding>();
        var assignedFrom = command.AssignedFrom ?? time.DayOf(now);
        var set = ReferenceSet.Read(command.Directory, command.StructureOf, assignedFrom, findings);
        if (set is null) return new([.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)], [], [], [], 0, 0, 0);

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);
        var held = await CatalogueRows.ReadItemsAsync(connection, cancellation);
        var decision = new Decision(command.Authority, command.Document, command.By, now);
        var plan = new ImportPlan(held, decision);
        var heldIndicators = plan.HeldIndicators();
        var book = (await CatalogueLoader.ReadAsync(connection, cancellation)).Book;
        if (ImportedVersions.Governed(set, heldIndicators, book) is { Length: > 0 } governed) return new(governed, [], [], [], 0, 0, 0);
        set = set.Keeping(heldIndicators, assignedFrom, book);
        if (command.AssignedFrom is null) set = set with { Forms = FirstAssignment.Now(set, set.WithHeld(heldIndicators), time, now) };
        plan.Compare(set, keepAssignedFrom: command.AssignedFrom is null);

        // A call that measures one of these feeds right now is waited for: both write the feed's state.
        await CatalogueRows.LockFeedsAsync(transaction, plan.ChangedFeeds, cancellation);
        await history.AppendAsync(transaction, plan.Changes.Select(c => (c.Stream, c.Event)), cancellation);
        await CatalogueRows.WriteItemsAsync(connection, plan.Changes, cancellation);
        var referenceRows = await CatalogueRows.WriteAreasAsync(connection, set.Areas, cancellation)
            + await CatalogueRows.WriteCalendarAsync(connection, set.Calendar, agency: "", command.By, now, cancellation);
        var versions = new ImportedVersions(book, decision, assignedFrom, time.DayOf(now)).Of(set, heldIndicators, isMoved: command.AssignedFrom is not null);
        await VersionRows.WriteAsync(connection, versions, cancellation);
        var newSeries = await CatalogueRows.WriteSeriesAsync(connection, plan.Cells, cancellation);
        await CatalogueRows.WriteFeedsAsync(connection, plan.ChangedFeeds, now, cancellation);

        var outcome = new ImportOutcome([], plan.Added, plan.Revised, plan.Absent, plan.Unchanged, referenceRows, newSeries);
        if (command.DryRun || !outcome.Changed) return outcome;
        await CatalogueRows.WriteChangeAsync(connection, [.. plan.ChangedFeeds.Select(f => f.Code)], now, cancellation);
        await audit.AppendAsync(transaction, AuditActions.CatalogueImported, command.Document, AuditOutcome.Done, after: new()
        {
            ["authority"] = command.Authority, ["by"] = command.By, ["added"] = outcome.Added.Length, ["revised"] = outcome.Revised.Length,
        }, cancellation: cancellation);
        await transaction.CommitAsync(cancellation);
        await loader.LoadAsync(cancellation);
        signal.Pulse();
        await reschedule.Handle(CancellationToken.None);
        return outcome;
    }
}

/// <summary>One governed thing as it becomes: its stream, the event that says so, and its new body.</summary>
internal sealed record CatalogueChange(string Stream, int Sort, object Event, string Body);

/// <summary>Compares what the files say with what is held.</summary>
internal sealed class ImportPlan(IReadOnlyDictionary<string, string> held, Decision decision)
{
    private readonly List<CatalogueChange> _changes = [];
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private readonly List<Feed> _changedFeeds = [];
    private readonly HashSet<(string Indicator, string Area)> _cells = [];
    private readonly List<string> _added = [], _revised = [];

    public IReadOnlyList<CatalogueChange> Changes => _changes;
    public IReadOnlyList<Feed> ChangedFeeds => _changedFeeds;

    /// <summary>Every cell of a form or feed, each a series.</summary>
    public IReadOnlyCollection<(string Indicator, string Area)> Cells => _cells;
    public ImmutableArray<string> Added => [.. _added];
    public ImmutableArray<string> Revised => [.. _revised];
    public ImmutableArray<string> Absent => [.. held.Keys.Where(s => !_named.Contains(s)).Order(StringComparer.Ordinal)];
    public int Unchanged => _named.Count - _changes.Count;

    public List<Indicator> HeldIndicators() =>
        [.. held.Where(h => h.Key.StartsWith(CatalogueStreams.IndicatorPrefix, StringComparison.Ordinal)).Select(h => Read<Indicator>(h.Value))];

    public void Compare(ReferenceSet set, bool keepAssignedFrom)
    {
        foreach (var agency in set.Agencies) Note(CatalogueStreams.Agency(agency.Code), agency, new AgencyRegistered(agency, decision), new AgencyRevised(agency, decision));
        foreach (var indicator in set.Indicators) Note(CatalogueStreams.Indicator(indicator.Code), indicator, new IndicatorAdded(indicator, decision), new IndicatorRevised(indicator, decision));
        foreach (var planned in set.Forms)
        {
            var stream = CatalogueStreams.Form(planned.Code);
            var form = keepAssignedFrom && held.TryGetValue(stream, out var body) ? planned with { AssignedFrom = Read<Form>(body).AssignedFrom } : planned;
            Note(stream, form, new FormAssigned(form, decision), new FormRevised(form, decision));
            AddCells(form.Indicators);
        }

        foreach (var feed in set.Feeds)
        {
            if (Note(CatalogueStreams.Feed(feed.Code), feed, new FeedRegistered(feed, decision), new FeedRevised(feed, decision))) _changedFeeds.Add(feed);
            AddCells(feed.Indicators);
        }
    }

    private bool Note<T>(string stream, T item, object added, object revised)
    {
        _named.Add(stream);
        var body = JsonSerializer.Serialize(item, EventJson.Options);
        var known = held.TryGetValue(stream, out var before);
        // The database keeps jsonb in an order of its own, so both sides are written by the same writer before they are compared.
        if (known && JsonSerializer.Serialize(Read<T>(before!), EventJson.Options) == body) return false;
        (known ? _revised : _added).Add(stream);
        _changes.Add(new(stream, _named.Count, known ? revised : added, body));
        return true;
    }

    private void AddCells(ImmutableArray<FormIndicator> columns)
    {
        foreach (var column in columns)
            foreach (var area in column.Areas)
                _cells.Add((column.Code, area));
    }

    private static T Read<T>(string body) => JsonSerializer.Deserialize<T>(body, EventJson.Options)!;
}
