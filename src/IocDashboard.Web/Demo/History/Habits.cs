using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Demo.Figures;

namespace IocDashboard.Web.Demo.History;

/// <summary>How an illustrative agency reports: most are punctual, some are late, a few are silent just now.</summary>
internal static class Habits
{
    /// <summary>The share of an agency's reports that arrive in time.</summary>
    public static double Reliability(string agency)
    {
        var luck = Noise.Uniform(Noise.Seed("reliability", agency), 0);
        return 0.985 - (0.12 * luck * luck);
    }

    /// <summary>How many of a form's latest deadlines have passed without a word; 0 for most.</summary>
    public static int SilentPeriods(Form form) => form.Rhythm switch
    {
        Rhythm.Daily or Rhythm.Weekly or Rhythm.Monthly when Noise.Uniform(Noise.Seed("silent", form.Code), 0) < 0.14 =>
            1 + (int)(Noise.Uniform(Noise.Seed("silent", form.Code), 1) * (form.Rhythm == Rhythm.Daily ? 3 : 1)),
        _ => 0,
    };

    /// <summary>The last report of such a form was returned and is still with its agency.</summary>
    public static bool IsReturned(Form form) => Noise.Uniform(Noise.Seed("returned", form.Code), 0) < 0.05;

    /// <summary>How long before its deadline a report arrives, at most.</summary>
    public static TimeSpan LongestLead(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Daily => TimeSpan.FromMinutes(75),
        Rhythm.Weekly => TimeSpan.FromHours(5),
        Rhythm.Monthly => TimeSpan.FromDays(2.5),
        _ => TimeSpan.FromDays(6),
    };

    /// <summary>How long after its deadline a late report arrives, at most.</summary>
    public static TimeSpan LongestDelay(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Daily => TimeSpan.FromHours(26),
        Rhythm.Weekly => TimeSpan.FromDays(3),
        Rhythm.Monthly => TimeSpan.FromDays(8),
        _ => TimeSpan.FromDays(20),
    };
}
