using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Catalogue.Import;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Components.Tests;

/// <summary>A whole board on the register that comes with the program, as it might stand on a day of the floods of 2021.</summary>
internal static class Boards
{
    public static readonly ProvinceTime Time = new(TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh"));
    public static readonly DateTimeOffset Now = new(2021, 11, 18, 14, 5, 10, TimeSpan.FromHours(7));

    private static readonly Lazy<CatalogueSnapshot> Register = new(ReadRegister);

    public static CatalogueSnapshot Catalogue => Register.Value;

    /// <summary>Values that the tiles and gauges of the overview show; every other series has its target.</summary>
    private static readonly Dictionary<(string Indicator, string Area), decimal> Told = new()
    {
        [("KT01", "QNM")] = 6.21m, [("NS01", "QNM")] = 18_742, [("DT02", "QNM")] = 58.3m, [("CN01", "QNM")] = 9.1m,
        [("CN06", "QNM")] = 312.4m, [("KT06", "QNM")] = 131, [("DL03", "SITE-PHOCOHOIAN")] = 3_214, [("DL01", "QNM")] = 412_800,
        [("YT03", "HOSP-NHI")] = 84.4m, [("YT01", "QNM")] = 38, [("GD04", "QNM")] = 97.4m, [("LX04", "QNM")] = 2_410,
        [("TT03", "RIV-AINGHIA")] = 8.42m, [("TT06", "RIV-GIAOTHUY")] = 7.18m, [("TT07", "RIV-CAULAU")] = 2.64m,
        [("TT08", "RIV-HOIAN")] = 1.22m, [("TT09", "RIV-TAMKY")] = 1.31m, [("TT04", "RIV-HOIKHACH")] = 11.2m, [("TT05", "RIV-NONGSON")] = 9.8m,
        [("TT02", "RAIN-TRAMY")] = 186.4m, [("TT02", "RAIN-TIENPHUOC")] = 152.3m, [("TT14", "RES-HADU")] = 1_286m, [("TT16", "QNM")] = 17,
        [("MT04", "WW-BACCHULAI")] = 48.2m, [("GT01", "QNM")] = 2, [("AT06", "QNM")] = 99.94m, [("HC01", "QNM")] = 98.62m,
        [("HC05", "QNM")] = 81.4m, [("HC06", "QNM")] = 14, [("PA02", "QNM")] = 86, [("PA03", "QNM")] = 93.1m, [("VH01", "QNM")] = 89.6m,
        [("HC01", "TGG")] = 94.2m, [("HC01", "NSN")] = 92.7m, [("HC01", "PSN")] = 86.6m, [("HC01", "NTM")] = 93.8m, [("HC01", "NGG")] = 96.1m,
        [("HC01", "DGG")] = 97.3m, [("HC01", "HDC")] = 97.8m, [("HC01", "BTM")] = 95.9m,
    };

    public static BoardState Floods()
    {
        var figures = Catalogue.SeriesById.Values.Select(Of).ToImmutableDictionary(f => f.SeriesId);
        return new BoardState
        {
            Catalogue = Catalogue,
            Figures = figures,
            Reports = Overdue().ToImmutableDictionary(r => r.Id),
            Feeds = Catalogue.FeedList.Select(FeedOf).ToImmutableDictionary(f => f.Feed.Code),
            Illustrative = true,
            Version = 1,
        };
    }

    /// <summary>The board of a centre that nobody has reported to yet.</summary>
    public static BoardState Silent() => new()
    {
        Catalogue = Catalogue,
        Figures = Catalogue.SeriesById.Values.Select(Empty).ToImmutableDictionary(f => f.SeriesId),
    };

    /// <summary>A figure of the register, with a past made of itself.</summary>
    public static Figure Of(Series series)
    {
        var indicator = Catalogue.Indicators[series.Indicator];
        var area = Catalogue.Areas[series.Area];
        var value = Told.TryGetValue((indicator.Code, area.Code), out var told)
            ? told
            : indicator.Thresholds.TargetLow ?? (indicator.Thresholds.Warning is { } limit ? limit * 0.6m : 40);
        var (period, key, recorded) = Heard(indicator, back: indicator.Code switch { "LX04" => 2, "GD04" => 1, _ => 0 });
        if (indicator.Code == "MT04" && area.Code == "WW-BACCHULAI") key = recorded = Now.AddHours(-4.4);
        var limits = Freshness.Of(indicator, key, period, Catalogue.Calendar, Time);
        var random = new Random(series.Id);
        var count = indicator.Rhythm.IsStreamed() ? 40 : 13;
        var wave = Enumerable.Range(0, count).Select(i => indicator.Accumulation == Accumulation.Cumulative
                ? value * (0.2m + (0.8m * i / (count - 1)))
                : indicator.FieldCode == "TT" ? value * (0.3m + (0.7m * i * i / (count - 1) / (count - 1)))
                : value * (1 + (0.08m * (decimal)(random.NextDouble() - 0.5))))
            .Select(v => decimal.Round(v, indicator.Decimals)).SkipLast(1).Append(value).ToArray();
        return Empty(series) with
        {
            Period = period, TimeKey = key, RecordedAt = recorded, Value = value, Revision = 1, Seq = series.Id,
            Status = indicator.Code switch { "KT01" => ObservationStatus.Estimated, "CN01" => ObservationStatus.Provisional, _ => ObservationStatus.Final },
            Verification = indicator.Code switch { "HC05" => VerificationState.Returned, "PA03" => VerificationState.Unverified, _ => VerificationState.Verified },
            Note = indicator.Code == "HC05" ? "thiếu số liệu 3 sở" : null,
            Recent = [.. wave.Select((v, i) => PointAt(key, indicator, count - 1 - i, v))],
            PreviousValue = wave[^2], YearAgoValue = value * 0.93m, Severity = SeverityRule.Of(indicator, value),
            DueSoonAt = limits.DueSoonAt, NextDueAt = limits.NextDueAt, GoneAt = limits.GoneAt,
        };
    }

    /// <summary>One figure of the floods' board.</summary>
    public static Figure Figure(string indicator, string area = "QNM") => Of(Catalogue.SeriesByKey[(indicator, area)]);

    /// <summary>The series before anything was ever received for it.</summary>
    public static Figure Unheard(string indicator, string area = "QNM") => Empty(Catalogue.SeriesByKey[(indicator, area)]);

    private static Figure Empty(Series series) => new()
    {
        SeriesId = series.Id, Indicator = Catalogue.Indicators[series.Indicator], Area = Catalogue.Areas[series.Area],
        Agency = Catalogue.Agencies[Catalogue.Indicators[series.Indicator].Agency],
    };

    public static OpenReport Report(string form, string period, ReportState state = ReportState.Open)
    {
        var of = Catalogue.Forms[form];
        var at = ReportingPeriod.Parse(period);
        var opened = ReportSchedule.Open(of, at, Catalogue.Indicators, Catalogue.Calendar, Time, Now);
        return new(
            ReportKey.Of(form, of.Agency, at), of, Catalogue.Agencies[of.Agency], at, opened.OpensAt, opened.DueAt, state,
            opened.DueAt <= Now ? Punctuality.Overdue : Punctuality.NotDue, opened.DueAt <= Now ? opened.DueAt : null, null, 0);
    }

    private static IEnumerable<OpenReport> Overdue() =>
    [
        Report("SLDTBXH-M", "2021-10"), Report("SNNPTNT-M", "2021-10"), Report("SYT-M", "2021-10"), Report("SYT-W", "2021-W45"),
        Report("SNNPTNT-W", "2021-W45", ReportState.Draft), Report("SGDDT-D", "2021-11-17"), Report("CTK-M", "2021-11"),
    ];

    private static SeriesPoint PointAt(DateTimeOffset key, Indicator indicator, int back, decimal value)
    {
        if (indicator.Rhythm.IsStreamed()) return new(key.AddHours(-back), value);
        var period = ReportingPeriod.Containing(indicator.Rhythm, Time.DayOf(key));
        for (; back > 0; back--) period = period.Previous;
        return new(Time.StartOf(period.FirstDay), value);
    }

    /// <summary>The newest figure that a punctual agency has delivered by now, or one so many periods older.</summary>
    private static (ReportingPeriod? Period, DateTimeOffset Key, DateTimeOffset Recorded) Heard(Indicator indicator, int back)
    {
        if (indicator.Rhythm == Rhythm.Realtime) return (null, Now.AddSeconds(-35), Now.AddSeconds(-34));
        if (indicator.Rhythm == Rhythm.Hourly) return (null, Now.AddMinutes(-5).AddSeconds(-10), Now.AddMinutes(-3));
        var rule = DeadlineRule.Parse(indicator.DeadlineRule);
        var period = ReportingPeriod.Containing(indicator.Rhythm, Time.DayOf(Now));
        while (rule.DueAt(period, Catalogue.Calendar, Time) > Now || back-- > 0) period = period.Previous;
        return (period, Time.StartOf(period.FirstDay), rule.DueAt(period, Catalogue.Calendar, Time).AddMinutes(-7));
    }

    private static FeedStatus FeedOf(Feed feed)
    {
        var rule = (StreamRule)DeadlineRule.Parse(feed.Rule);
        var last = feed.Code switch
        {
            "BQLKKT-RT" => Now.AddHours(-4.4),
            "TDSB-H" => Now.AddHours(-3),
            _ when feed.Rhythm == Rhythm.Hourly => Now.AddMinutes(-5),
            _ => Now.AddSeconds(-20 - feed.Code.Length),
        };
        return new(feed, Catalogue.Agencies[feed.Agency], FeedState.Live, last, last.AddSeconds(4), rule.LateAt(last), rule.LostAt(last), last);
    }

    private static CatalogueSnapshot ReadRegister()
    {
        List<ImportFinding> findings = [];
        var set = ReferenceSet.Read(ReferenceSet.ShippedDirectory, new DateOnly(2021, 1, 1), new DateOnly(2020, 1, 1), findings)
                  ?? throw new InvalidOperationException(findings[0].ToString());
        var series = set.Forms.SelectMany(f => f.Indicators).Concat(set.Feeds.SelectMany(f => f.Indicators))
            .SelectMany(i => i.Areas.Select(a => (i.Code, Area: a))).Distinct()
            .Select((s, i) => new Series(i + 1, s.Code, s.Area));
        return new(set.Indicators, set.Agencies, set.Areas, set.Forms, set.Feeds, series, CalendarBook.Of(set.Calendar));
    }
}
