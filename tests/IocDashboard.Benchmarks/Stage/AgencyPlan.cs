using System.Globalization;
using System.Text;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// An invented agency with one daily form, or one real-time feed, of exactly <see cref="Indicators"/> × <see cref="Areas"/> cells:
/// the loads that performance targets speak of are larger than any form of the regulation.
/// </summary>
internal sealed record AgencyPlan(string Code, bool Streams, int Indicators, int Areas)
{
    public string FormOrFeed => Code + (Streams ? "-RT" : "-D");

    public static string Area(int number) => string.Create(CultureInfo.InvariantCulture, $"BENCH-SITE-{number:000}");

    public string Indicator(int number) => string.Create(CultureInfo.InvariantCulture, $"{Code}-{number:00}");

    /// <summary>In the order of the form: indicator by indicator.</summary>
    public IEnumerable<(string Indicator, string Area)> Cells()
    {
        for (var indicator = 0; indicator < Indicators; indicator++)
            for (var area = 0; area < Areas; area++) yield return (Indicator(indicator), Area(area));
    }

    /// <summary>Writes the plans as a folder of reference files, for the application's own import.</summary>
    public static void Write(string directory, IReadOnlyList<AgencyPlan> plans)
    {
        var agencies = new StringBuilder("code,name_vi,name_en,short_vi,short_en,kind,role,parent_code,valid_from,valid_to,successor_code\n");
        var indicators = new StringBuilder("""
            code,field_code,field_vi,field_en,name_vi,name_en,short_vi,short_en,unit_vi,unit_en,decimals,direction,periodicity,accumulation,deadline_rule,agency_code,breakdown,aggregation,plausible_min,plausible_max,target,warn,critical,extreme,sharing_class,threshold_basis,value_status

            """);
        foreach (var plan in plans)
        {
            agencies.Append(CultureInfo.InvariantCulture, $"{plan.Code},Bench {plan.Code},Bench {plan.Code},{plan.Code},{plan.Code},benchmark,supplier,,,,\n");
            var (periodicity, rule) = plan.Streams ? ("realtime", "stale=PT15M") : ("daily", "end+1d@08:00");
            for (var i = 0; i < plan.Indicators; i++)
            {
                var code = plan.Indicator(i);
                indicators.Append(CultureInfo.InvariantCulture,
                    $"{code},BENCH,Bench,Bench,{code},{code},{code},{code},mm,mm,2,lower,{periodicity},stock,{rule},{plan.Code},site,last,0,1000000,,900000,950000,,default,illustrative,illustrative\n");
            }
        }

        var areas = new StringBuilder("code,name_vi,name_en,short_vi,short_en,kind,parent_code,map_col,map_row,indicators\n");
        areas.Append("QNM,Tỉnh Quảng Nam,Quảng Nam Province,Toàn tỉnh,Whole province,province,,,,\n");
        for (var area = 0; area < plans.Max(p => p.Areas); area++)
        {
            var measured = plans.Where(p => area < p.Areas).SelectMany(p => Enumerable.Range(0, p.Indicators).Select(p.Indicator));
            areas.Append(CultureInfo.InvariantCulture, $"{Area(area)},Site {area},Site {area},Site {area},Site {area},site,QNM,,,{string.Join(' ', measured)}\n");
        }

        File.WriteAllText(Path.Combine(directory, "agencies.csv"), agencies.ToString());
        File.WriteAllText(Path.Combine(directory, "indicators.csv"), indicators.ToString());
        File.WriteAllText(Path.Combine(directory, "areas.csv"), areas.ToString());
        File.WriteAllText(Path.Combine(directory, "holidays.csv"), "date,name_vi,name_en,confirmed,kind,basis\n2026-01-01,Tết Dương lịch,New Year's Day,yes,holiday,bench\n");
    }
}
