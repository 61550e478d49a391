using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>An agency of the register. <see cref="ValidTo"/> is exclusive; <see cref="Parent"/> and <see cref="Successor"/> are codes.</summary>
public sealed record AgencyItem(
    string Code, string NameVi, string NameEn, string ShortVi, string ShortEn, string Kind, string Role, string? Parent,
    DateOnly? ValidFrom, DateOnly? ValidTo, string? Successor)
{
    public static AgencyItem From(Agency a) => new(
        a.Code, a.Name.Vi, a.Name.En, a.ShortName.Vi, a.ShortName.En, a.Kind, a.Role, a.Parent, a.ValidFrom, a.ValidTo, a.Successor);
}

/// <summary>An area that figures are about; districts have a place on the hexagon map (pointy-top, odd rows shifted right).</summary>
public sealed record AreaItem(
    string Code, string NameVi, string NameEn, string ShortVi, string ShortEn, string Kind, string? Parent, int? MapColumn, int? MapRow)
{
    public static AreaItem From(Area a) => new(a.Code, a.Name.Vi, a.Name.En, a.ShortName.Vi, a.ShortName.En, a.Kind, a.Parent, a.MapColumn, a.MapRow);
}

/// <summary>One indicator with every column of the catalogue. <see cref="Target"/> is null for a band, whose ends are given.</summary>
/// <param name="Areas">The areas it is reported for.</param>
/// <param name="ValidFrom">First day, in the province's zone, of what is said here.</param>
/// <param name="Decision">Number of the decision, or the document that an import named.</param>
/// <param name="SeriesFrom">First day of the version of the series: figures of earlier periods mean something else. Null: it never broke.</param>
public sealed record IndicatorItem(
    string Code, string FieldCode, string FieldVi, string FieldEn, string NameVi, string NameEn, string ShortVi, string ShortEn,
    string UnitVi, string UnitEn, int Decimals, Direction Direction, string Periodicity, Accumulation Accumulation, string DeadlineRule,
    string Agency, Breakdown Breakdown, Aggregation Aggregation, decimal PlausibleMin, decimal PlausibleMax,
    decimal? Target, decimal? TargetLow, decimal? TargetHigh, decimal? Warn, decimal? Critical, decimal? Extreme,
    SharingClass SharingClass, string ThresholdBasis, string ValueStatus, IReadOnlyList<string> Areas,
    DateOnly ValidFrom, string? Decision, DateOnly? SeriesFrom)
{
    public static IndicatorItem From(IndicatorVersion version, DateOnly? seriesFrom) => From(version.Indicator, version, seriesFrom);

    private static IndicatorItem From(Indicator i, IndicatorVersion version, DateOnly? seriesFrom) => new(
        i.Code, i.FieldCode, i.Field.Vi, i.Field.En, i.Name.Vi, i.Name.En, i.ShortName.Vi, i.ShortName.En, i.Unit.Vi, i.Unit.En, i.Decimals,
        i.Direction, i.Rhythm.Name(), i.Accumulation, i.DeadlineRule, i.Agency, i.Breakdown, i.Aggregation, i.PlausibleMin, i.PlausibleMax,
        i.Thresholds.TargetLow == i.Thresholds.TargetHigh ? i.Thresholds.TargetLow : null, i.Thresholds.TargetLow, i.Thresholds.TargetHigh,
        i.Thresholds.Warning, i.Thresholds.Critical, i.Thresholds.Extreme, i.Sharing, i.Thresholds.Basis, i.ValueStatus, version.Areas,
        version.From, version.Decision?.Document, seriesFrom);
}

/// <summary>An indicator over the areas that a form or feed carries it for.</summary>
public sealed record ColumnItem(string Code, IReadOnlyList<string> Areas, bool Required)
{
    public static ColumnItem From(FormIndicator column) => new(column.Code, column.Areas, column.Required);
}

/// <summary>A form: with it and a period, a valid message can be built.</summary>
public sealed record FormItem(string Code, string Agency, string Rhythm, DateOnly AssignedFrom, IReadOnlyList<ColumnItem> Indicators)
{
    public static FormItem From(Form f) => new(f.Code, f.Agency, f.Rhythm.Name(), f.AssignedFrom, [.. f.Indicators.Select(ColumnItem.From)]);
}

/// <summary>A source of measurements and how it is heard.</summary>
/// <param name="Rule">The silence that it may keep, in the grammar of deadline rules.</param>
/// <param name="State">By its rule, now; <c>lost</c> also when nothing ever came.</param>
/// <param name="LastAt">The newest measurement's instant; null when none ever came.</param>
public sealed record FeedItem(
    string Code, string Agency, string Rhythm, IReadOnlyList<ColumnItem> Indicators, string Rule, Domain.Feeds.FeedState State,
    DateTimeOffset? LastAt, DateTimeOffset? LastReceivedAt, DateTimeOffset Since);
