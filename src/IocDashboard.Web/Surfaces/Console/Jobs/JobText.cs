using System.Globalization;
using IocDashboard.Web.Features.Scheduling;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Jobs;

/// <summary>How jobs and their runs are worded.</summary>
public static class JobText
{
    public static string Name(JobPlan plan) => T($"Jobs.Name.{plan.Name}");

    /// <summary>What it does, in a sentence.</summary>
    public static string What(JobPlan plan) => T($"Jobs.What.{plan.Name}");

    public static string Words(TimeSpan time) => AgeScale.TwoWords(time, CultureInfo.CurrentUICulture);

    /// <summary>Most runs take less than a second.</summary>
    public static string Took(TimeSpan took) => took switch
    {
        { TotalSeconds: < 1 } => T("Jobs.Milliseconds", Math.Max(0, Math.Round(took.TotalMilliseconds))),
        { TotalSeconds: < 60 } => T("Jobs.Seconds", took.TotalSeconds.ToString("0.0", CultureInfo.CurrentCulture)),
        _ => Words(took),
    };

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Fault(JobState job) => job switch
    {
        { Problem: { Fault: JobFault.Failing } problem } => T("Jobs.Fault.Failing", problem.Count),
        { Problem: { } problem } => T($"Jobs.Fault.{problem.Fault}"),
        { Last: { Failures: > 0 and var failures } } => T("Jobs.Fault.Failing", failures),
        _ => null,
    };

    public static string Outcome(JobRecord? last) => last is null ? T("Jobs.Outcome.None") : T($"Jobs.Outcome.{last.Outcome}");
}
