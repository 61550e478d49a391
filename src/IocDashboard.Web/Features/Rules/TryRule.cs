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
public sealed record RuleTrial(BookedRule Booked, DateOnly From, int Reports, int Flagged, int Figures, ImmutableArray<TriedViolation> Violations);

/// <summary>One figure that a rule would have flagged.</summary>
public sealed record TriedViolation(ReportingPeriod Period, string Indicator, string Area, decimal Value, decimal Expected);

/// <summary>
/// Shows how a rule would have judged the last 24 months, whatever state it is in: by the same comparisons that judge messages,
/// over figures read in one statement. Notes are not asked for: nobody was asked for them then.
/// </summary>
public sealed class TryRule(NpgsqlDataSource database, CatalogueCache catalogues, ProvinceTime time, TimeProvider clock)
{
    public const int Months = 24, MostListed = 200;

    /// <returns>Null when there is no such rule, or its form is no more.</returns>
    public async Task<RuleTrial?> Handle(string code, CancellationToken cancellation)
    {
        var catalogue = catalogues.Current;
        if (catalogue.Rules.Find(code) is not { } booked || !catalogue.Forms.TryGetValue(booked.Rule.Form, out var form)) return null;
        var rules = RuleBook.Only(booked, form, catalogue.Indicators);
        var today = time.DayOf(clock.GetUtcNow());
        var from = new DateOnly(today.Year, today.Month, 1).AddMonths(-Months);
        var first = ReportingPeriod.Containing(form.Rhythm, from);
        var figures = rules.Figures.Select(f => (f.Indicator, f.Area)).Distinct().Where(catalogue.SeriesByKey.ContainsKey).ToDictionary(c => c, c => catalogue.SeriesByKey[c].Id);
        var points = await ReadAsync([.. figures.Values], time.StartOf(first.Previous.SamePeriodLastYear.FirstDay), cancellation);
        return Judge(booked, rules, form, first, today, (cell, period) =>
            figures.TryGetValue(cell, out var series) && points.TryGetValue((series, time.StartOf(period.FirstDay)), out var value) ? (true, value) : (false, null));
    }

    private static RuleTrial Judge(
        BookedRule booked, FormRules rules, Form form, ReportingPeriod first, DateOnly today,
        Func<(string Indicator, string Area), ReportingPeriod, (bool Known, decimal? Value)> reported)
    {
        var own = rules.Figures.Where(f => f.Moment == RuleMoment.Standing).Select(f => (f.Indicator, f.Area)).Distinct().ToList();
        var found = new List<TriedViolation>();
        var (reports, flagged) = (0, 0);
        for (var period = first; period.FirstDay <= today; period = period.Next)
        {
            var cells = new Dictionary<(string Indicator, string Area), GivenCell>();
            foreach (var cell in own)
                if (reported(cell, period) is (true, var value)) cells[cell] = new(0, value, null);
            if (cells.Count == 0) continue;
            var before = found.Count;
            found.AddRange(rules.Violations(cells, period, f => reported((f.Indicator, f.Area), f.PeriodFor(period)).Value)
                .Select(v => new TriedViolation(period, v.Indicator, v.Area, v.Value, v.Expected)));
            reports++;
            if (found.Count > before) flagged++;
        }

        return new(booked, first.FirstDay, reports, flagged, found.Count, [.. found.OrderByDescending(v => v.Period).Take(MostListed)]);
    }

    private async Task<Dictionary<(int Series, DateTimeOffset Key), decimal?>> ReadAsync(int[] series, DateTimeOffset from, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { KnownPoint.FindFirst(series, from) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await KnownPoint.ReadAsync(reader, cancellation);
    }
}
