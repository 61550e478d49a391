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
    public static readonly CatalogueSnapshot Empty = new([], [], [], [], [], [], WorkingCalendar.Weekdays);

    public CatalogueSnapshot(
        IEnumerable<Indicator> indicators, IEnumerable<Agency> agencies, IEnumerable<Area> areas,
        IEnumerable<Form> forms, IEnumerable<Feed> feeds, IEnumerable<Series> series, WorkingCalendar calendar,
        IEnumerable<SharingAgreement>? agreements = null, IEnumerable<BookedRule>? rules = null,
        IReadOnlyDictionary<string, FormTerms>? terms = null, IEnumerable<FeedTrust>? trusts = null)
    {
        IndicatorList = [.. indicators.OrderBy(i => i.Code, StringComparer.Ordinal)];
        Indicators = IndicatorList.ToFrozenDictionary(i => i.Code, StringComparer.Ordinal);
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
        Calendar = calendar;
        Agreements = [.. agreements ?? []];
        Rules = new RuleBook(rules ?? []);
        Terms = (terms ?? FrozenDictionary<string, FormTerms>.Empty).ToFrozenDictionary(StringComparer.Ordinal);
        Trusts = (trusts ?? []).ToFrozenDictionary(t => t.Feed, StringComparer.Ordinal);
    }

    public ImmutableArray<Indicator> IndicatorList { get; }
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
    public WorkingCalendar Calendar { get; }

    /// <summary>All that were ever recorded, newest first; <see cref="SharingAgreement.HoldsAt"/> tells which hold.</summary>
    public ImmutableArray<SharingAgreement> Agreements { get; }

    /// <summary>What reports are judged by. Cut with the catalogue: whoever may not see all of it sees no rules here.</summary>
    public RuleBook Rules { get; }

    /// <summary>Of the forms for which anything was set.</summary>
    public FrozenDictionary<string, FormTerms> Terms { get; }

    /// <summary>Of the sources whose measurements count as verified by rule.</summary>
    public FrozenDictionary<string, FeedTrust> Trusts { get; }

    public FormTerms TermsOf(string form) => Terms.GetValueOrDefault(form, FormTerms.Usual);
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
