using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using Npgsql;

namespace IocDashboard.Web.Features.Rules;

/// <summary>How a rule would have judged what came in: the figures of each report as they first came complete.</summary>
/// <param name="From">First day of the earliest period looked at.</param>
/// <param name="Reports">Those that held a figure which the rule is about.</param>
/// <param name="Flagged">Those of them that it would have flagged.</param>
/// <param name="Figures">How many figures it would have flagged in all.</param>
/// <param name="Violations">The newest first, not more than <see cref="TryRule.MostListed"/>.</param>
public sealed record RuleTrial(JudgementRule Rule, DateOnly From, int Reports, int Flagged, int Figures, ImmutableArray<TriedViolation> Violations)
{
    /// <summary>The indicator of every figure that it tells: those flagged, and those that they were compared with.</summary>
    public IEnumerable<string> Told => Violations.SelectMany(v => Rule.Against.Prepend(v.Indicator));
}

/// <summary>One figure that a rule would have flagged.</summary>
public sealed record TriedViolation(ReportingPeriod Period, string Indicator, string Area, decimal Value, decimal Expected);

/// <summary>
/// Shows how a rule would have judged the last 24 months, in the book or not: by the same comparisons that judge messages, each
/// period under the indicator set of its first day, over figures read in one statement. Notes are not asked for: nobody was asked
/// for them then.
/// </summary>
public sealed class TryRule(NpgsqlDataSource database, CatalogueCache catalogues, ProvinceTime time, TimeProvider clock)
{
    public const int Months = 24, MostListed = 200;

    /// <returns>Null when there is no such rule, or its form is no more.</returns>
    public async Task<RuleTrial?> Handle(string code, Sight sight, CancellationToken cancellation) =>
        catalogues.Current.Rules.Find(code) is { } booked ? await Handle(booked.Rule, sight, cancellation) : null;

    /// <param name="sight">Whose eyes the trial is for: what is hidden from them was never compared.</param>
    /// <returns>Null when its form is no more.</returns>
    public async Task<RuleTrial?> Handle(JudgementRule rule, Sight sight, CancellationToken cancellation)
    {
        var catalogue = catalogues.Current;
        if (!catalogue.Forms.TryGetValue(rule.Form, out var form)) return null;
        var today = time.DayOf(clock.GetUtcNow());
        var first = ReportingPeriod.Containing(form.Rhythm, new DateOnly(today.Year, today.Month, 1).AddMonths(-Months));
        var periods = Judged(rule, catalogue, sight, first, today).ToList();
        var figures = periods.Select(p => p.Rules).Distinct().SelectMany(r => r.Figures).Select(f => (f.Indicator, f.Area)).Distinct()
            .Where(catalogue.SeriesByKey.ContainsKey).ToDictionary(c => c, c => catalogue.SeriesByKey[c].Id);
        var points = await ReadAsync([.. figures.Values], time.StartOf(first.Previous.SamePeriodLastYear.FirstDay), cancellation);
        return Judge(rule, periods, catalogue.Book, (cell, period) =>
            figures.TryGetValue(cell, out var series) && points.TryGetValue((series, time.StartOf(period.FirstDay)), out var value) ? (true, value) : (false, null));
    }

    /// <summary>Each period with what the rule asked for under the set of its day; the set changes rarely, so that most share one.</summary>
    private static IEnumerable<(ReportingPeriod Period, FormRules Rules)> Judged(JudgementRule rule, CatalogueSnapshot catalogue, Sight sight, ReportingPeriod first, DateOnly today)
    {
        var ofSets = new Dictionary<CatalogueSnapshot, FormRules>(ReferenceEqualityComparer.Instance);
        for (var period = first; period.FirstDay <= today; period = period.Next)
        {
            var then = catalogue.At(period.FirstDay);
            if (!ofSets.TryGetValue(then, out var rules))
            {
                var seen = then.SeenBy(sight);
                ofSets[then] = rules = seen.Forms.TryGetValue(rule.Form, out var form) ? RuleBook.Only(rule, form, seen.Indicators) : FormRules.None;
            }

            yield return (period, rules);
        }
    }

    private static RuleTrial Judge(
        JudgementRule rule, List<(ReportingPeriod Period, FormRules Rules)> periods, IndicatorBook book,
        Func<(string Indicator, string Area), ReportingPeriod, (bool Known, decimal? Value)> reported)
    {
        var ownOf = periods.Select(p => p.Rules).Distinct()
            .ToDictionary(r => r, r => r.Figures.Where(f => f.Moment == RuleMoment.Standing).Select(f => (f.Indicator, f.Area)).Distinct().ToList());
        var found = new List<TriedViolation>();
        var (reports, flagged) = (0, 0);
        foreach (var (period, rules) in periods)
        {
            var cells = new Dictionary<(string Indicator, string Area), GivenCell>();
            foreach (var cell in ownOf[rules])
                if (reported(cell, period) is (true, var value)) cells[cell] = new(0, value, null);
            if (cells.Count == 0) continue;
            var before = found.Count;
            found.AddRange(rules.Violations(cells, period, f => Known(f, period)).Select(v => new TriedViolation(period, v.Indicator, v.Area, v.Value, v.Expected)));
            reports++;
            if (found.Count > before) flagged++;
        }

        return new(rule, periods[0].Period.FirstDay, reports, flagged, found.Count, [.. found.OrderByDescending(v => v.Period).Take(MostListed)]);

        decimal? Known(RuleFigure figure, ReportingPeriod period) =>
            figure.IsComparable(book, period) ? reported((figure.Indicator, figure.Area), figure.PeriodFor(period)).Value : null;
    }

    private async Task<Dictionary<(int Series, DateTimeOffset Key), decimal?>> ReadAsync(int[] series, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { KnownPoint.FindFirst(series, from) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await KnownPoint.ReadAsync(reader, cancellation);
    }
}
