using System.Collections.Immutable;
using Measure = IocDashboard.Domain.Reporting.Timeliness;

namespace IocDashboard.Web.Features.Timeliness;

/// <summary>One agency that owed anything in the last thirty days.</summary>
/// <param name="Before">In the thirty days before those; nothing expected where it owed nothing then.</param>
public sealed record AgencyDiscipline(string Agency, Measure Now, Measure Before);

/// <summary>One day of the month that a reading lies in.</summary>
/// <param name="IsWorking">By the nation's working calendar.</param>
/// <param name="Measure">Of what fell due that day and by the reading's instant.</param>
/// <param name="Due">How many reports are due that day, received or not, the planned ones too; none is counted of days that are over.</param>
public sealed record DisciplineDay(DateOnly Day, bool IsWorking, Measure Measure, int Due);

/// <summary>A report that is due on the reading's day and after its instant, received or not: the board tells which are owed still.</summary>
public sealed record DueReport(string Id, string Form, string Agency, string Period, DateTimeOffset DueAt);

/// <summary>How punctually all agencies report, at one instant: what cannot be told from the live board, which forgets what was received in time.</summary>
/// <param name="All">Of the last <see cref="MeasureDiscipline.Days"/> days, the reading's own day among them, data requests too.</param>
/// <param name="Agencies">Those that owed anything in those days.</param>
/// <param name="Month">Every day of the month of the reading's day.</param>
/// <param name="Due">What is still to fall due on that day, by due instant.</param>
public sealed record ReportingDiscipline(
    DateTimeOffset At, DateOnly Today, Measure All, ImmutableArray<AgencyDiscipline> Agencies, ImmutableArray<DisciplineDay> Month, ImmutableArray<DueReport> Due);
