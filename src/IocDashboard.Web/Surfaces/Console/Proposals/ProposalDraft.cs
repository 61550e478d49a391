using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Surfaces.Console.View;

namespace IocDashboard.Web.Surfaces.Console.Proposals;

/// <summary>An indicator as it is typed. Numbers are written as the reader's language writes them.</summary>
internal sealed class ProposalDraft
{
    public string Code = "", FieldCode = "", NameVi = "", NameEn = "", ShortVi = "", ShortEn = "", UnitVi = "", UnitEn = "", Decimals = "0", DeadlineRule = "end+5bd@17:00";
    public string Agency = "", Areas = "", Least = "0", Most = "", TargetLow = "", TargetHigh = "", Warning = "", Critical = "", Extreme = "", Basis = "", Wanted = "", Reason = "";
    public Direction Direction = Direction.Higher;
    public Rhythm Rhythm = Rhythm.Monthly;
    public Accumulation Accumulation;
    public Breakdown Breakdown;
    public Aggregation Aggregation;
    public SharingClass Sharing;
    public bool WordingOnly;

    public static ProposalDraft Of(IndicatorVersion version)
    {
        var (i, limits) = (version.Indicator, version.Indicator.Thresholds);
        return new()
        {
            Code = i.Code, FieldCode = i.FieldCode, NameVi = i.Name.Vi, NameEn = i.Name.En, ShortVi = i.ShortName.Vi, ShortEn = i.ShortName.En, UnitVi = i.Unit.Vi, UnitEn = i.Unit.En,
            Decimals = i.Decimals.ToString(CultureInfo.InvariantCulture), DeadlineRule = i.DeadlineRule, Agency = i.Agency, Areas = string.Join(' ', version.Areas),
            Least = Text(i.PlausibleMin), Most = Text(i.PlausibleMax), TargetLow = Text(limits.TargetLow), TargetHigh = Text(limits.TargetHigh), Warning = Text(limits.Warning),
            Critical = Text(limits.Critical), Extreme = Text(limits.Extreme), Basis = limits.Basis, Direction = i.Direction, Rhythm = i.Rhythm, Accumulation = i.Accumulation,
            Breakdown = i.Breakdown, Aggregation = i.Aggregation, Sharing = i.Sharing,
        };
    }

    /// <summary>Null when a number or a day cannot be read.</summary>
    /// <param name="valueStatus">How far the register's own values are official.</param>
    public (Indicator Indicator, ImmutableArray<string> Areas, DateOnly Wanted)? Read(LocalText field, string valueStatus)
    {
        var numbers = new[] { Least, Most, TargetLow, TargetHigh, Warning, Critical, Extreme }.Select(Number).ToArray();
        if (numbers.Any(n => n.IsWrong) || numbers[0].Value is not { } least || numbers[1].Value is not { } most) return null;
        if (!int.TryParse(Decimals, NumberStyles.None, CultureInfo.InvariantCulture, out var decimals) || DayText.Read(Wanted) is not { } wanted) return null;
        var (low, high) = (numbers[2].Value, numbers[3].Value ?? numbers[2].Value);
        var (shortVi, shortEn) = (string.IsNullOrWhiteSpace(ShortVi) ? NameVi : ShortVi, string.IsNullOrWhiteSpace(ShortEn) ? NameEn : ShortEn);
        var indicator = new Indicator(
            Code.Trim(), FieldCode, field, new(NameVi.Trim(), NameEn.Trim()), new(shortVi.Trim(), shortEn.Trim()), new(UnitVi.Trim(), UnitEn.Trim()), decimals, Direction, Rhythm,
            Accumulation, DeadlineRule.Trim(), Agency, Breakdown, Aggregation, least, most,
            new(low, high, numbers[4].Value, numbers[5].Value, numbers[6].Value, Basis.Trim()), Sharing, valueStatus);
        return (indicator, [.. Areas.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)], wanted);
    }

    private static (decimal? Value, bool IsWrong) Number(string text) =>
        string.IsNullOrWhiteSpace(text) ? (null, false)
        : decimal.TryParse(text.Trim().Replace('−', '-'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.CurrentCulture, out var value) ? (value, false) : (null, true);

    private static string Text(decimal? value) => value?.ToString("0.######", CultureInfo.CurrentCulture) ?? "";
}
