using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Reporting;

namespace IocDashboard.Web.Demo.History;

/// <summary>One row of Marten's event table.</summary>
internal readonly record struct EventRow(long Seq, Guid Id, string Stream, long Version, Type Type, byte[] Json, DateTimeOffset At);

/// <summary>One row of <c>observation</c>.</summary>
internal readonly record struct ObservationRow(int Series, Observed Observed, bool IsHead);

/// <summary>One row of <c>message</c>.</summary>
internal readonly record struct MessageRow(string Agency, string MessageId, Receipt Receipt);

/// <summary>Events and the rows that follow from them, in order: what is copied together.</summary>
internal sealed record HistoryBatch(List<EventRow> Events, List<ObservationRow> Observations, List<MessageRow> Messages);

/// <summary>
/// Plays happenings in order and folds them, with the domain's own rules, into what the database keeps of them: the same
/// rows that submissions, reviews and measurements would have left one by one.
/// </summary>
internal sealed class HistoryRows(Stage stage, long lastSeq)
{
    private const int EventsInBatch = 2_000;

    private readonly Dictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<int, Cell>> _cells = new(StringComparer.Ordinal);
    private long _seq = lastSeq;

    public Dictionary<int, SeriesHead> Heads { get; } = [];
    public Dictionary<string, (Report Report, int Figures, DateTimeOffset At)> Reports { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, FeedHealth> Feeds { get; } = new(StringComparer.Ordinal);
    public long LastSeq => _seq;

    /// <param name="happenings">In order of time.</param>
    public IEnumerable<HistoryBatch> Play(IEnumerable<Happening> happenings)
    {
        foreach (var chunk in happenings.Chunk(EventsInBatch))
        {
            var batch = new HistoryBatch(new(chunk.Length), [], []);
            foreach (var happening in chunk) Play(happening, batch);
            yield return batch;
        }
    }

    private void Play(Happening happening, HistoryBatch batch)
    {
        var @event = happening.Event();
        var version = _versions[happening.Stream] = _versions.GetValueOrDefault(happening.Stream) + 1;
        var json = JsonSerializer.SerializeToUtf8Bytes(@event, @event.GetType(), EventJson.Options);
        var at = Micros.Truncate(happening.At);
        batch.Events.Add(new(++_seq, Guid.CreateVersion7(at), happening.Stream, version, @event.GetType(), json, at));
        switch (@event)
        {
            case ReportOpened opened:
                Reports[happening.Stream] = (Report.Create(opened), 0, at);
                break;
            case MeasurementsReceived received:
                Measure(received, batch);
                break;
            case FeedFellLate late:
                Feeds[late.Feed] = Feeds[late.Feed].Apply(late);
                break;
            case FeedWasLost lost:
                Feeds[lost.Feed] = Feeds[lost.Feed].Apply(lost);
                break;
            case FeedResumed resumed:
                Feeds[resumed.Feed] = Feeds[resumed.Feed].Apply(resumed);
                break;
            default:
                Follow(happening.Stream, @event, at, batch);
                break;
        }
    }

    private void Follow(string report, object @event, DateTimeOffset at, HistoryBatch batch)
    {
        var (before, figures, _) = Reports[report];
        var after = before.Apply(@event);
        if (@event is ReportSubmitted submitted)
        {
            figures = submitted.Values.Count(v => v.Value is not null);
            Submit(after, submitted, at, batch);
            batch.Messages.Add(new(after.Agency, submitted.MessageId, new Receipt(
                submitted.SubmissionId, after.Id, after.Revision, after.State, after.Punctuality, after.DueAt, at, submitted.Values.Length, [])));
        }
        else if (@event is ReportVerified)
        {
            Review(after, at, batch, (_, _) => VerificationState.Verified);
        }
        else if (@event is ReportReturned returned)
        {
            var cells = returned.Reasons.Select(r => stage.Catalogue.SeriesByKey[(r.Indicator, r.Area)].Id).ToHashSet();
            Review(after, at, batch, (series, known) => cells.Contains(series) ? VerificationState.Returned : known);
        }
        else if (@event is ReportLocked)
        {
            _cells.Remove(report);
        }

        Reports[report] = (after, figures, at);
    }

    // A cell has a revision of its own: it rises when something about the cell is new.
    private void Submit(Report report, ReportSubmitted submitted, DateTimeOffset at, HistoryBatch batch)
    {
        if (!_cells.TryGetValue(report.Id, out var cells)) _cells[report.Id] = cells = new(submitted.Values.Length);
        foreach (var value in submitted.Values)
        {
            var series = stage.Catalogue.SeriesByKey[(value.Indicator, value.Area)].Id;
            var (revision, receivedAt) = (1, at);
            if (cells.TryGetValue(series, out var known))
            {
                var isSame = known.Value == value.Value && known.Status == value.Status && known.Note == value.Note;
                if (isSame && known.Verification != VerificationState.Returned) continue;
                (revision, receivedAt) = isSame ? (known.Revision, known.ReceivedAt) : (known.Revision + 1, at);
            }

            var cell = new Cell(revision, value.Value, value.Status, VerificationState.Unverified, value.Note, receivedAt);
            cells[series] = cell;
            Observe(series, report, cell, at, batch);
        }
    }

    private void Review(Report report, DateTimeOffset at, HistoryBatch batch, Func<int, VerificationState, VerificationState> stateOf)
    {
        var cells = _cells[report.Id];
        foreach (var (series, known) in cells.ToList())
        {
            var state = stateOf(series, known.Verification);
            if (state == known.Verification) continue;
            var cell = cells[series] = known with { Verification = state };
            Observe(series, report, cell, at, batch);
        }
    }

    private void Measure(MeasurementsReceived received, HistoryBatch batch)
    {
        var rule = (StreamRule)DeadlineRule.Parse(stage.Catalogue.Feeds[received.Feed].Rule);
        var health = Feeds.GetValueOrDefault(received.Feed) ?? FeedHealth.Registered(received.Feed, rule, received.ReceivedAt);
        Feeds[received.Feed] = health.Apply(received, rule);
        foreach (var value in received.Measurements)
        {
            var series = stage.Catalogue.SeriesByKey[(value.Indicator, value.Area)].Id;
            Add(series, new Observed(
                value.At, Observed.Measured, 1, value.Value, ObservationStatus.Final, VerificationState.Unverified, _seq, received.ReceivedAt, null), batch);
        }
    }

    private void Observe(int series, Report report, Cell cell, DateTimeOffset at, HistoryBatch batch) => Add(
        series,
        new Observed(report.StartsAt, report.Period.Rhythm.Letter(), cell.Revision, cell.Value, cell.Status, cell.Verification, _seq, at, cell.Note) { ReceivedAt = cell.ReceivedAt },
        batch);

    private void Add(int series, Observed observed, HistoryBatch batch)
    {
        var (head, isHead) = SeriesHead.Fold(Heads.GetValueOrDefault(series), observed);
        Heads[series] = head;
        batch.Observations.Add(new(series, observed, isHead));
    }

    private readonly record struct Cell(int Revision, decimal? Value, ObservationStatus Status, VerificationState Verification, string? Note, DateTimeOffset ReceivedAt);
}

file static class RhythmLetters
{
    /// <summary>As in table <c>observation</c>: D W M Q S Y.</summary>
    public static char Letter(this Domain.Catalogue.Rhythm rhythm) => Domain.Catalogue.RhythmCodes.Code(rhythm)[0];
}
