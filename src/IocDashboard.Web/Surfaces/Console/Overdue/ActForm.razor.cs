using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>Excuses, extends, follows or notes each report that is picked. Each is an act of its own: what is refused is told, the others are done, and a second try does none of them twice.</summary>
public sealed partial class ActForm
{
    private const int MostTold = 5;

    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private string? _authority, _reason, _until, _wrong;
    private bool _busy;

    [Inject] private PursueReportHandler Pursue { get; set; } = null!;
    [Inject] private ExtendLockHandler Extend { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private ILogger<ActForm> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter, EditorRequired] public required PursuitAct Act { get; set; }
    [Parameter, EditorRequired] public required ImmutableArray<OpenReport> Reports { get; set; }

    /// <summary>What was done, in words.</summary>
    [Parameter] public EventCallback<string> Done { get; set; }

    [Parameter] public EventCallback Cancelled { get; set; }

    private async Task DoAsync()
    {
        var me = AuditActor.Of((await Session).User, address: null);
        if (Act == PursuitAct.Extend && UntilTyped is null)
        {
            _wrong = T("Lock.Until.Wrong");
            return;
        }

        if (_busy) return;
        _busy = true;
        var refused = new List<string>();
        foreach (var report in Reports.Where(r => !_done.Contains(r.Id) && IsFor(r)))
        {
            try
            {
                if (await DoAsync(report.Id, me) is [var error, ..])
                    refused.Add($"{report.Agency.ShortName.In(CultureInfo.CurrentUICulture)} {report.Form.Code}: {CodeTexts.Detail(error.Code, error.Arguments, CultureInfo.CurrentUICulture)}");
                else _done.Add(report.Id);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                refused.Add(T("Urge.Failed", FailureTrace.Short()));
                Log.LogWarning(failure, "{Act} of {Report} failed", Act, report.Id);
            }
        }

        (_busy, _wrong) = (false, refused.Count == 0 ? null : string.Join(' ', refused.Distinct(StringComparer.Ordinal).Take(MostTold)));
        if (refused.Count == 0) await Done.InvokeAsync(T($"Od.Done.{Act}", _done.Count));
    }

    /// <summary>What somebody follows already is not taken over, and what was received needs no excuse: they are left out, not refused.</summary>
    private bool IsFor(OpenReport report) => Act switch
    {
        PursuitAct.TakeOver => report.Pursuit.FollowedBy is null,
        PursuitAct.Excuse => report.SubmittedAt is null || report.Update is not null,
        _ => true,
    };

    private Task<ImmutableArray<JudgementError>> DoAsync(string report, AuditActor me) => Act switch
    {
        PursuitAct.Excuse => Pursue.Excuse(report, _authority ?? "", _reason ?? "", me, CancellationToken.None),
        PursuitAct.Extend => Extend.Handle(report, UntilTyped!.Value, _authority ?? "", _reason ?? "", me, CancellationToken.None),
        PursuitAct.TakeOver => Pursue.TakeOver(report, _reason ?? "", me, CancellationToken.None),
        _ => Pursue.Note(report, _reason ?? "", me, CancellationToken.None),
    };

    private DateTimeOffset? UntilTyped => DayText.ReadInstant(_until, Province);
}
