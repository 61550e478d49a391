using System.Collections.Immutable;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Live.Board;

/// <summary>The head of one series as the database holds it, live or as of an instant.</summary>
internal sealed record FigureRow(
    int SeriesId, DateTimeOffset TimeKey, int Revision, decimal? Value, ObservationStatus Status,
    VerificationState Verification, long Seq, DateTimeOffset RecordedAt, string? Note, ImmutableArray<SeriesPoint> Recent)
{
    /// <summary>Reads the columns series_id, time_key, revision, value, status, verification, seq, received_at, note, in this order.</summary>
    public static FigureRow Read(NpgsqlDataReader reader, ImmutableArray<SeriesPoint> recent) => new(
        reader.GetInt32(0),
        reader.GetFieldValue<DateTimeOffset>(1),
        reader.GetInt32(2),
        reader.IsDBNull(3) ? null : reader.GetDecimal(3),
        (ObservationStatus)reader.GetInt16(4),
        (VerificationState)reader.GetInt16(5),
        reader.GetInt64(6),
        reader.GetFieldValue<DateTimeOffset>(7),
        reader.IsDBNull(8) ? null : reader.GetString(8),
        recent);

    public static ImmutableArray<SeriesPoint> ReadRecent(NpgsqlDataReader reader, int keys, int values)
    {
        var times = reader.GetFieldValue<DateTimeOffset[]>(keys);
        var numbers = reader.GetFieldValue<decimal?[]>(values);
        var points = ImmutableArray.CreateBuilder<SeriesPoint>(times.Length);
        for (var i = 0; i < times.Length; i++) points.Add(new(times[i], numbers[i]));
        return points.MoveToImmutable();
    }
}

/// <summary>Turns rows into what screens read: the one place where severity, freshness and comparisons are derived.</summary>
/// <param name="calendars">Those that ages are told by; of a past view, as they were known then.</param>
internal sealed class FigureFactory(CatalogueSnapshot catalogue, WorkingCalendars calendars, ProvinceTime time, TimeSpan keptEvery = default)
{
    public Figure? Create(Series series, FigureRow? row, decimal? yearAgo)
    {
        if (HasNoPlace(series)) return null;
        if (!catalogue.Indicators.TryGetValue(series.Indicator, out var indicator)
            || !catalogue.Areas.TryGetValue(series.Area, out var area)
            || !catalogue.Agencies.TryGetValue(indicator.Agency, out var agency)) return null;

        if (row is null) return new Figure { SeriesId = series.Id, Indicator = indicator, Area = area, Agency = agency };

        // A figure keeps the unit and the agency of its own period until the first of the next version comes.
        var day = time.DayOf(row.TimeKey);
        if (catalogue.Book.At(series.Indicator, day) is { } version && version.Indicator != indicator && catalogue.Agencies.TryGetValue(version.Indicator.Agency, out var then))
            (indicator, agency) = (version.Indicator with { Sharing = indicator.Sharing, RetiredFrom = null }, then);
        var seriesFrom = catalogue.Book.SeriesFrom(series.Indicator, day);
        var comparableFrom = seriesFrom is { } first ? time.StartOf(first) : DateTimeOffset.MinValue;
        var recent = seriesFrom is null ? row.Recent : [.. row.Recent.Where(p => p.Key >= comparableFrom)];
        var period = PeriodOf(indicator, row.TimeKey);
        var limits = Freshness.Of(indicator, row.TimeKey, period, calendars.Of(indicator.Agency), time, keptEvery);
        return new Figure
        {
            SeriesId = series.Id,
            Indicator = indicator,
            Area = area,
            Agency = agency,
            Period = period,
            TimeKey = row.TimeKey,
            Value = row.Value,
            Status = row.Status,
            Verification = row.Verification,
            Revision = row.Revision,
            Seq = row.Seq,
            RecordedAt = row.RecordedAt,
            Note = row.Note,
            Recent = recent,
            PreviousValue = recent.Length > 1 ? recent[^2].Value : null,
            YearAgoValue = YearBefore(indicator, row.TimeKey).From >= comparableFrom ? yearAgo : null,
            SeriesFrom = seriesFrom,
            Severity = SeverityRule.Of(indicator, area.Code, row.Value),
            NextDueAt = limits.NextDueAt,
            DueSoonAt = limits.DueSoonAt,
            GoneAt = limits.GoneAt,
        };
    }

    /// <summary>Where the same period of last year lies; for a stream, the same hour.</summary>
    public (DateTimeOffset From, DateTimeOffset To) YearBefore(Indicator indicator, DateTimeOffset timeKey)
    {
        if (PeriodOf(indicator, timeKey) is { } period)
        {
            var same = period.SamePeriodLastYear;
            var key = time.StartOf(same.FirstDay);
            return (key, key.AddSeconds(1));
        }

        // Before the demonstration's or a young source's hourly history, one value a day is kept: look within the day.
        var to = timeKey.AddYears(-1).AddMinutes(1);
        return (to.AddDays(-1), to);
    }

    /// <summary>Retired, or broken down otherwise than before.</summary>
    private bool HasNoPlace(Series series) => catalogue.Indicators.TryGetValue(series.Indicator, out var indicator)
        && (indicator.RetiredFrom is not null || (catalogue.Book.BreaksOf(series.Indicator).Any(b => b.AppliedAt is not null) && !catalogue.AreasOf(series.Indicator).Contains(series.Area)));

    private ReportingPeriod? PeriodOf(Indicator indicator, DateTimeOffset timeKey) =>
        indicator.Rhythm.IsStreamed() ? null : ReportingPeriod.Containing(indicator.Rhythm, time.DayOf(timeKey));
}
