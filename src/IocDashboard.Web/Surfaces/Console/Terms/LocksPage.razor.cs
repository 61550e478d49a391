using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Terms;

/// <summary>Exceptions from locks: each names report, document, reason and end; any that holds is ended here.</summary>
public sealed partial class LocksPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<LockException> _exceptions = [];
    private ImmutableArray<(string Code, string Name)> _forms = [];
    private string? _form, _period, _authority, _reason, _until, _said;
    private bool _busy, _wrong;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private FindLockExceptions Find { get; set; } = null!;

    [Inject]
    private ExtendLockHandler Extend { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        _me = AuditActor.Of((await Session).User, address: null);
        _forms = [.. Catalogues.Current.FormList.Select(f => (f.Code, FormTitle.Of(f, Catalogues.Current, CultureInfo.CurrentUICulture)))];
        await ReadAsync();
    }

    private async Task RecordAsync()
    {
        _busy = true;
        var wrong = Wrong(out var report, out var until);
        if (wrong is null)
        {
            var errors = await Extend.Handle(report, until, _authority ?? "", _reason ?? "", _me, _closed.Token);
            wrong = errors.IsEmpty ? null : errors[0].Code == "unknown-form" ? T("Lock.NotOpened", report) : CodeTexts.Detail(errors[0].Code, errors[0].Arguments, CultureInfo.CurrentUICulture);
        }

        (_wrong, _said) = (wrong is not null, wrong ?? T("Lock.Recorded", report, When(until)));
        if (!_wrong) (_form, _period, _authority, _reason, _until) = (null, null, null, null, null);
        await ReadAsync();
        _busy = false;
    }

    /// <summary>What cannot be understood; null when all can.</summary>
    private string? Wrong(out string report, out DateTimeOffset until)
    {
        (report, until) = ("", default);
        if (_form is null || !Catalogues.Current.Forms.TryGetValue(_form, out var form)) return T("Lock.Form.Needed");
        if (!ReportingPeriod.TryParse(_period?.Trim() ?? "", out var period) || period.Rhythm != form.Rhythm) return T("Lock.Period.Wrong");
        report = ReportKey.Of(form.Code, form.Agency, period);
        if (DayText.ReadInstant(_until, Province) is not { } instant) return T("Lock.Until.Wrong");
        until = instant;
        return null;
    }

    private async Task EndAsync(LockException item)
    {
        var errors = await Extend.End(item.Report, _me, _closed.Token);
        (_wrong, _said) = errors.IsEmpty
            ? (false, T("Lock.EndedNow", item.Report))
            : (true, CodeTexts.Detail(errors[0].Code, errors[0].Arguments, CultureInfo.CurrentUICulture));
        await ReadAsync();
    }

    private async Task ReadAsync() => _exceptions = await Find.Handle(_closed.Token);

    private static string HrefOf(LockException item) =>
        ReportKey.TryParse(item.Report, out var form, out var agency, out var period) ? ConsoleLinks.Report(form, agency, period, null) : "";

    private static string PeriodOf(LockException item) =>
        ReportKey.TryParse(item.Report, out _, out _, out var period) ? FigureText.PeriodOf(period, CultureInfo.CurrentUICulture) : "";

    private string AgencyOf(LockException item) =>
        Catalogues.Current.Agencies.TryGetValue(item.Report.Split('/')[1], out var agency) ? agency.ShortName.In(CultureInfo.CurrentUICulture) : item.Report.Split('/')[1];

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
