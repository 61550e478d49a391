using System.Collections.Immutable;

namespace IocDashboard.Domain.Catalogue;

/// <summary>One column of a form: an indicator over the areas that it is reported for.</summary>
public sealed record FormIndicator(string Code, ImmutableArray<string> Areas, bool Required);

/// <summary>
/// What one agency reports at one rhythm. The code is <c>AGENCY-RHYTHM</c>: <c>SYT-W</c>, <c>CTK-Q</c>.
/// <see cref="AssignedFrom"/> is the first day of the assignment: periods that begin earlier are not owed.
/// </summary>
public sealed record Form(
    string Code, string Agency, Rhythm Rhythm, ImmutableArray<FormIndicator> Indicators, DateOnly AssignedFrom);

/// <summary>
/// One source of streamed measurements: an agency's real-time or hourly indicators. <see cref="Rule"/> is the strictest
/// deadline rule among them and decides when the source as a whole is late.
/// </summary>
public sealed record Feed(string Code, string Agency, Rhythm Rhythm, ImmutableArray<FormIndicator> Indicators, string Rule);
