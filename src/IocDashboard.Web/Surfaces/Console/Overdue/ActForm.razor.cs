using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>Excuses, extends, follows or notes each report that is picked. Each is an act of its own: where one is refused those before it are done, and it says which.</summary>
public sealed partial class ActForm : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private string? _authority, _reason, _until, _wrong;
    private bool _busy;

    [Inject] private PursueReportHandler Pursue { get; set; } = null!;
    [Inject] private ExtendLockHandler Extend { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;

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

        _busy = true;
        foreach (var report in Reports)
        {
            if (await DoAsync(report.Id, me) is not [var error, ..]) continue;
            (_wrong, _busy) = ($"{report.Agency.ShortName.In(CultureInfo.CurrentUICulture)} {report.Form.Code}: {CodeTexts.Detail(error.Code, error.Arguments, CultureInfo.CurrentUICulture)}", false);
            return;
        }

        await Done.InvokeAsync(T($"Od.Done.{Act}", Reports.Length));
    }

    private Task<ImmutableArray<JudgementError>> DoAsync(string report, AuditActor me) => Act switch
    {
        PursuitAct.Excuse => Pursue.Excuse(report, _authority ?? "", _reason ?? "", me, _closed.Token),
        PursuitAct.Extend => Extend.Handle(report, UntilTyped!.Value, _authority ?? "", _reason ?? "", me, _closed.Token),
        PursuitAct.TakeOver => Pursue.TakeOver(report, _reason ?? "", me, _closed.Token),
        _ => Pursue.Note(report, _reason ?? "", me, _closed.Token),
    };

    private DateTimeOffset? UntilTyped => DayText.ReadInstant(_until, Province);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
