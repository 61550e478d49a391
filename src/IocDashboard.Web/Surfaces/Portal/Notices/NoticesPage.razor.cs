using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Notices;

/// <summary>What the ladder told the people of one's own agency, the newest first. Whoever opens it first has read it for all.</summary>
public sealed partial class NoticesPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<Notice>? _notices;
    private bool _failed;
    private string _agency = "", _by = "";

    [Inject] private FindNotices Find { get; set; } = null!;
    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private PeopleNames Names { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private ILogger<NoticesPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_agency, _by) = (user.FindFirst(AccessClaims.Agency)?.Value ?? "", user.Identity?.Name ?? "");
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // A page that is only on its way to the reader has told nobody yet.
        if (!firstRender || _notices is not [{ } newest, ..] || _by.Length == 0) return;
        try
        {
            await Find.Read(_agency, newest.Id, _by, _closed.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.LogWarning(failure, "That notices were read could not be kept");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            (_notices, _failed) = (_agency.Length == 0 ? [] : await Find.Handle(_agency, _closed.Token), false);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            _failed = true;
            Log.LogWarning(failure, "Notices could not be read");
        }
    }

    private (string Subject, string Lead)? WordsOf(Notice notice) => NoticeWords.Of(notice, Catalogues.Current, Province, CultureInfo.CurrentUICulture);

    private static string IdOf(Notice notice) => string.Create(CultureInfo.InvariantCulture, $"notice-{notice.Id}");

    private static string LinkOf(NoticeItem item) => ReportKey.Parse(item.Report) is var (form, _, period) ? $"{PortalLinks.Root}/reports/{Uri.EscapeDataString(form)}/{period}" : PortalLinks.Root;

    private string TitleOf(NoticeItem item)
    {
        var (form, _, period) = ReportKey.Parse(item.Report);
        var name = Catalogues.Current.At(period.FirstDay).Forms.TryGetValue(form, out var known) ? FormTitle.Of(known, Catalogues.Current.At(period.FirstDay), CultureInfo.CurrentUICulture) : form;
        return $"{form} · {name} · {PeriodText.Long(period, CultureInfo.CurrentUICulture)}";
    }

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
