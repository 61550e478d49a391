using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Agreements;

/// <summary>
/// The register of sharing agreements. It names specific indicators to whoever keeps it, also those whose figures are hidden from
/// them: an agreement cannot be recorded on what has no name.
/// </summary>
public sealed partial class AgreementsPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ImmutableArray<Row> _rows = [];
    private ImmutableArray<Indicator> _indicators = [];
    private ImmutableArray<Agency> _agencies = [];
    private string? _indicator, _reader, _from, _through, _document, _said;
    private bool _busy, _wrong;
    private Guid? _asked;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private RecordAgreementHandler Recorder { get; set; } = null!;

    [Inject]
    private EndAgreementHandler Ender { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _me = AuditActor.Of((await Session).User, Http?.Connection.RemoteIpAddress?.ToString());
        _from = Clock.GetUtcNow() is var now ? Time.DayOf(now).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : null;
        Read();
    }

    private async Task Record()
    {
        (_busy, _asked) = (true, null);
        (_said, _wrong) = TryDay(_from, out var from) && from is { } first && TryDay(_through, out var through)
            ? await RecordAsync(first, through)
            : (T("Agr.BadDay"), true);
        if (!_wrong) (_indicator, _reader, _through, _document) = (null, null, null, null);
        Read();
        _busy = false;
    }

    private async Task<(string Said, bool Wrong)> RecordAsync(DateOnly from, DateOnly? through)
    {
        var command = new RecordAgreement(
            _indicator ?? "", _reader ?? "", Time.StartOf(from), through is { } last && last < DateOnly.MaxValue ? Time.StartOf(last.AddDays(1)) : null, _document ?? "", _me);
        var (outcome, agreement) = await Recorder.Handle(command, _closed.Token);
        return (T($"Agr.{outcome}", agreement?.Indicator ?? _indicator, agreement?.Reader ?? _reader), agreement is null);
    }

    /// <summary>Asks once more on the button itself: figures vanish from screens.</summary>
    private async Task End(Row row)
    {
        if (_asked != row.Agreement.Id)
        {
            _asked = row.Agreement.Id;
            return;
        }

        _asked = null;
        await Ender.Handle(new(row.Agreement.Id, _me), _closed.Token);
        (_said, _wrong) = (T("Agr.Ended", row.Agreement.Indicator, row.Agreement.Reader), false);
        Read();
    }

    private void Read()
    {
        var (catalogue, now, culture) = (Catalogue.Current, Clock.GetUtcNow(), CultureInfo.CurrentUICulture);
        var compare = culture.CompareInfo.GetStringComparer(CompareOptions.IgnoreCase);
        _indicators = [.. catalogue.IndicatorList.Where(i => i.Sharing == SharingClass.Specific)];
        _agencies = [.. catalogue.AgencyList.OrderBy(a => a.ShortName.In(culture), compare)];
        _rows = [.. catalogue.Agreements.Select(RowOf).OrderBy(r => r.IsOver)];

        Row RowOf(SharingAgreement agreement)
        {
            var indicator = catalogue.Indicators.GetValueOrDefault(agreement.Indicator);
            var isOver = now >= agreement.Until;
            return new(
                agreement, indicator?.Name.In(culture) ?? "", indicator is null ? "" : NameOf(indicator.Agency), NameOf(agreement.Reader),
                isOver ? "Agr.State.Over" : now < agreement.ValidFrom ? "Agr.State.Future" : "Agr.State.Holds", agreement.HoldsAt(now), isOver);
        }

        string NameOf(string code) => catalogue.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(culture) : code;
    }

    private string From(DateTimeOffset instant) =>
        Time.Local(instant) is { TimeOfDay.Ticks: 0 } midnight ? DayText.Of(DateOnly.FromDateTime(midnight.DateTime)) : DayText.Of(Time.Local(instant));

    private string Until(DateTimeOffset instant) => DayText.Until(Time.Local(instant));

    private static bool TryDay(string? text, out DateOnly? day)
    {
        day = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        var read = DateOnly.TryParseExact(text.Trim(), ["d/M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        day = found;
        return read;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }

    private sealed record Row(SharingAgreement Agreement, string Indicator, string Owner, string Reader, string State, bool Holds, bool IsOver);
}
