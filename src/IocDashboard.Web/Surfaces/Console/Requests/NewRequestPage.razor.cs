using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Requests;

/// <summary>Puts a request together: what is asked, of whom, until when. Sent twice by a slip it is asked once.</summary>
public sealed partial class NewRequestPage : IDisposable
{
    private const int MostHits = 12;

    private readonly CancellationTokenSource _closed = new();
    private readonly List<WantedEntry> _questions = [new()];
    private readonly List<string> _agencies = [];
    private Dictionary<string, string> _errors = new(StringComparer.Ordinal);
    private ImmutableArray<(Agency Agency, string Folded)> _all = [];
    private AuditActor _me = AuditActor.Itself;
    private string _search = "", _authority = "";
    private string? _title, _text, _day, _time = "17:00", _reader;
    private bool _busy, _unsaved;
    private Guid _id;

    [Inject]
    private AskForDataHandler Ask { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private Sights Sights { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private IEnumerable<Agency> Found
    {
        get
        {
            var words = PlainText.Words(_search);
            return _all.Where(a => PlainText.Matches(a.Folded, words)).Select(a => a.Agency);
        }
    }

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        _me = AuditActor.Of(user, Http?.Connection.RemoteIpAddress?.ToString());
        _reader = ReadingAgency.Of(user);
        _authority = _reader ?? "";
        _id = Guid.CreateVersion7(Clock.GetUtcNow());
        _all = [.. Catalogues.Current.AgencyList.Select(a => (a, PlainText.Fold($"{a.Code} {a.Name.Vi} {a.ShortName.Vi} {a.Name.En} {a.ShortName.En}")))];
    }

    private void Toggle(string agency)
    {
        if (!_agencies.Remove(agency)) _agencies.Add(agency);
    }

    private void Add(Func<Agency, bool> which) =>
        _agencies.AddRange(Catalogues.Current.AgencyList.Where(which).Select(a => a.Code).Where(code => !_agencies.Contains(code)).ToList());

    /// <summary>As far as whoever asks sees them.</summary>
    private IEnumerable<Indicator> FindIndicators(string search)
    {
        var words = PlainText.Words(search);
        return Sights.CatalogueFor(_reader).IndicatorList
            .Where(i => PlainText.Matches(PlainText.Fold($"{i.Code} {i.Name.Vi} {i.Name.En} {i.Field.Vi}"), words)).Take(MostHits);
    }

    private string? ErrorOf(string place) => _errors.GetValueOrDefault(place);

    private async Task SendAsync()
    {
        if (_busy) return;
        (_busy, _unsaved) = (true, false);
        try
        {
            DateTimeOffset? due = DayText.Read(_day) is { } day && DayText.ReadTime(_time) is { } time ? Time.At(day, time) : null;
            var outcome = await Ask.Handle(
                new(_id, _title, _text, _authority, _me.Name, [.. _questions.Select(q => q.ToQuestion())], _agencies, due, Clock.GetUtcNow()),
                Sights.Of(_reader), _me, _closed.Token);
            _errors = outcome.Errors.DistinctBy(e => e.Pointer, StringComparer.Ordinal)
                .ToDictionary(e => e.Pointer, e => CodeTexts.Detail(e.Code, e.Arguments, CultureInfo.CurrentUICulture), StringComparer.Ordinal);
            if (outcome.Number is { } number) Navigation.NavigateTo(RequestLinks.One(number));
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // Nothing was asked; what was typed stays.
            _unsaved = true;
        }
        finally
        {
            _busy = false;
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
