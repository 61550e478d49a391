using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>
/// The whole catalogue at one moment, immutable and shared: looked up in memory, replaced when a governed event changes it.
/// </summary>
public sealed class CatalogueSnapshot
{
    private readonly ConcurrentDictionary<int, CatalogueSnapshot> _others = new();
    private FrozenDictionary<string, ImmutableArray<string>>? _areasOf;

    public static readonly CatalogueSnapshot Empty = new([], [], [], [], [], [], CalendarBook.Empty);

    public CatalogueSnapshot(
        IEnumerable<Indicator> indicators, IEnumerable<Agency> agencies, IEnumerable<Area> areas,
        IEnumerable<Form> forms, IEnumerable<Feed> feeds, IEnumerable<Series> series, CalendarBook calendars,
        IEnumerable<SharingAgreement>? agreements = null, IEnumerable<BookedRule>? rules = null,
        IReadOnlyDictionary<string, FormTerms>? terms = null, IEnumerable<FeedTrust>? trusts = null, IndicatorBook? book = null)
    {
        KnownIndicators = [.. indicators.OrderBy(i => i.Code, StringComparer.Ordinal)];
        IndicatorList = [.. KnownIndicators.Where(i => i.RetiredFrom is null)];
        Indicators = KnownIndicators.ToFrozenDictionary(i => i.Code, StringComparer.Ordinal);
        Book = book ?? IndicatorBook.Empty;
        AgencyList = [.. agencies];
        Agencies = AgencyList.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal);
        AreaList = [.. areas];
        Areas = AreaList.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal);
        FormList = [.. forms.OrderBy(f => f.Code, StringComparer.Ordinal)];
        Forms = FormList.ToFrozenDictionary(f => f.Code, StringComparer.Ordinal);
        FeedList = [.. feeds.OrderBy(f => f.Code, StringComparer.Ordinal)];
        Feeds = FeedList.ToFrozenDictionary(f => f.Code, StringComparer.Ordinal);
        SeriesById = series.ToFrozenDictionary(s => s.Id);
        SeriesByKey = SeriesById.Values.ToFrozenDictionary(s => (s.Indicator, s.Area));
        Calendars = calendars;
        Agreements = [.. agreements ?? []];
        Rules = new RuleBook(rules ?? []);
        Terms = (terms ?? FrozenDictionary<string, FormTerms>.Empty).ToFrozenDictionary(StringComparer.Ordinal);
        Trusts = (trusts ?? []).ToFrozenDictionary(t => t.Feed, StringComparer.Ordinal);
    }

    /// <summary>The set in force.</summary>
    public ImmutableArray<Indicator> IndicatorList { get; }

    /// <summary>With those that are retired: figures refer to them.</summary>
    public ImmutableArray<Indicator> KnownIndicators { get; }

    /// <summary>Of all that are known, the retired too.</summary>
    public FrozenDictionary<string, Indicator> Indicators { get; }
    public ImmutableArray<Agency> AgencyList { get; }
    public FrozenDictionary<string, Agency> Agencies { get; }

    /// <summary>In the register's order; includes one area of kind <c>agency</c> for each agency that an indicator is broken down by.</summary>
    public ImmutableArray<Area> AreaList { get; }
    public FrozenDictionary<string, Area> Areas { get; }
    public ImmutableArray<Form> FormList { get; }
    public FrozenDictionary<string, Form> Forms { get; }
    public ImmutableArray<Feed> FeedList { get; }
    public FrozenDictionary<string, Feed> Feeds { get; }
    public FrozenDictionary<int, Series> SeriesById { get; }
    public FrozenDictionary<(string Indicator, string Area), Series> SeriesByKey { get; }
    public CalendarBook Calendars { get; }

    /// <summary>The nation's working calendar as it stands now.</summary>
    public WorkingCalendar Calendar => Calendars.Current.National;

    /// <summary>By which an agency's deadlines are reckoned now.</summary>
    public WorkingCalendar CalendarOf(string agency) => Calendars.Current.Of(agency);

    /// <summary>All that were ever recorded, newest first; <see cref="SharingAgreement.HoldsAt"/> tells which hold.</summary>
    public ImmutableArray<SharingAgreement> Agreements { get; }

    /// <summary>What reports are judged by. Cut with the catalogue: whoever may not see all of it sees no rules here.</summary>
    public RuleBook Rules { get; }

    /// <summary>Of the forms for which anything was set.</summary>
    public FrozenDictionary<string, FormTerms> Terms { get; }

    /// <summary>Of the sources whose measurements count as verified by rule.</summary>
    public FrozenDictionary<string, FeedTrust> Trusts { get; }

    public FormTerms TermsOf(string form) => Terms.GetValueOrDefault(form, FormTerms.Usual);

    /// <summary>What each indicator was, is and will be, from which day.</summary>
    public IndicatorBook Book { get; }

    /// <summary>
    /// The catalogue by which a figure of that day is reported and read: this one, unless the set was or will be another then. Rights
    /// are those of now, so that a past view shows nothing that has become specific.
    /// </summary>
    /// <param name="day">The first day of a report's period; of a past view, its own.</param>
    public CatalogueSnapshot At(DateOnly day)
    {
        if (Book.Boundaries.IsEmpty) return this;
        var interval = Book.IntervalOf(day);
        return interval == Book.AppliedBoundaries ? this : _others.GetOrAdd(interval, static (i, whole) => CatalogueAtDay.Of(whole, i == 0 ? DateOnly.MinValue : whole.Book.Boundaries[i - 1]), this);
    }

    /// <summary>
    /// The catalogue as it was known at an instant: without the decisions and the days of the calendar that were recorded since, and with
    /// the set of that day. What the centre began with counts as known before too, as in <see cref="IndicatorBook.At"/>.
    /// </summary>
    /// <param name="day">The province's day of the instant.</param>
    public CatalogueSnapshot KnownAt(DateTimeOffset instant, DateOnly day)
    {
        bool IsKnown(IndicatorVersion version) => version.IsFounding || version.Decision is not { } decision || decision.At <= instant;
        if (Book.IntervalOf(day) == Book.AppliedBoundaries && Book.Versions.All(IsKnown) && Calendars.Entries.All(e => e.RecordedAt <= instant)) return this;
        var book = new IndicatorBook(Book.Versions.Where(IsKnown).Select(v => v with { AppliedAt = v.From <= day ? v.AppliedAt ?? instant : null }));
        return CatalogueAtDay.Of(this, day, book, new(Calendars.Entries.Where(e => e.RecordedAt <= instant)));
    }

    /// <summary><see cref="At"/> the first day of a period as it is written; this one when it is none.</summary>
    public CatalogueSnapshot OfPeriod(string? period) => ReportingPeriod.TryParse(period, out var read) ? At(read.FirstDay) : this;

    /// <summary>The areas that an indicator is reported for; empty for one that is not reported.</summary>
    public ImmutableArray<string> AreasOf(string indicator) => (_areasOf ??= FormList.SelectMany(f => f.Indicators).Concat(FeedList.SelectMany(f => f.Indicators))
        .ToFrozenDictionary(c => c.Code, c => c.Areas, StringComparer.Ordinal)).GetValueOrDefault(indicator, []);
}

/// <summary>One indicator over one area; the small number that rows refer to.</summary>
public sealed record Series(int Id, string Indicator, string Area);

/// <summary>Holds the current snapshot of this node. Replaced whole; readers keep the one they took.</summary>
public sealed class CatalogueCache
{
    private volatile CatalogueSnapshot _current = CatalogueSnapshot.Empty;

    public CatalogueSnapshot Current => _current;

    public void Replace(CatalogueSnapshot snapshot) => _current = snapshot;
}
