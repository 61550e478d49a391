using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Shared.Requests.RequestWords;

namespace IocDashboard.Web.Surfaces.Console.Requests;

/// <summary>
/// One request: what each agency answered, side by side, as far as the reader may see the indicators that were asked for. Another
/// agency's specific figures are shown once their reading is on the audit trail. The present, whatever instant the console looks at.
/// </summary>
public sealed partial class RequestPage : IDisposable
{
    private const int RetrySeconds = 15;

    private readonly CancellationTokenSource _closed = new();
    private DataRequest? _request;
    private CatalogueSnapshot _seen = CatalogueSnapshot.Empty;
    private AuditActor _me = AuditActor.Itself;
    private RequestActWanted? _act;
    private IDisposable? _subscription;
    private DateTimeOffset _readAt, _drawnAt;
    private string? _failure, _said, _agency, _shown;
    private volatile bool _stale = true;
    private bool _loaded, _reading, _wrong, _busy, _changed = true;

    [Inject]
    private FindDataRequests Find { get; set; } = null!;

    [Inject]
    private ReviewAnswersHandler Review { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private Sights Sights { get; set; } = null!;

    [Inject]
    private SpecificReads Reads { get; set; } = null!;

    [Inject]
    private LiveBoard Board { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<RequestPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [PersistentState]
    public SpecificViewing? Viewing { get; set; }

    [Parameter]
    public string Number { get; set; } = "";

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_me, _agency) = (AuditActor.Of(user, Http?.Connection.RemoteIpAddress?.ToString()), ReadingAgency.Of(user));
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Number) (_shown, _request, _act, _said, _stale, _loaded) = (Number, null, null, null, true, false);
        // Deadlines strike by the mere passing of time, and agreements begin and end.
        if (Moment.Now - _drawnAt > TimeSpan.FromSeconds(5)) (_drawnAt, _changed) = (Moment.Now, true);
        if (!_reading && (_stale || Moment.Now - _readAt > TimeSpan.FromSeconds(RetrySeconds))) await ReadAsync();
        if (_request is null && _failure is null) Http.SayNotFound();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _subscription = Board.Subscribe(change =>
            {
                if (change.Catalogue || change.Reports.Contains(Number)) _stale = true;
            });
    }

    protected override bool ShouldRender() => _changed && !(_changed = false);

    private async Task ReadAsync()
    {
        (_reading, _stale, _readAt) = (true, false, Moment.Now);
        try
        {
            var sight = Sights.Of(_agency);
            var seen = Catalogues.Current.SeenBy(sight);
            var request = (await Find.One(Number, _closed.Token))?.SeenBy(seen, Catalogues.Current);
            if (request is not null) await NoteAsync(request, sight, seen);
            (_request, _seen, _loaded, _failure) = (request, seen, true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return; // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "The data request {Number} could not be read, trace {Trace}", Number, _failure);
        }
        finally
        {
            _reading = false;
        }

        _changed = true;
    }

    private async Task NoteAsync(DataRequest request, Sight sight, CatalogueSnapshot seen)
    {
        if (Viewing?.Of != Number) Viewing = new() { Of = Number };
        var shown = request.Questions.Where(q => request.Agencies.Any(a => a.Answers.Any(g => g.Question == q.Id)))
            .Select(q => q.Indicator is { } code ? seen.Indicators.GetValueOrDefault(code) : null).OfType<Indicator>();
        await Reads.NoteNewAsync(Viewing, sight, shown, null, RequestLinks.One(Number), _me, _closed.Token);
    }

    private void Open(RequestActWanted act) => (_act, _said, _changed) = (act, null, true);

    private void Close() => (_act, _changed) = (null, true);

    private async Task AcceptAsync(AskedAgency asked)
    {
        _busy = true;
        var errors = await Review.Accept(Number, new(asked.Agency, asked.Revision, _me.Name, Clock.GetUtcNow()), _me, _closed.Token);
        _busy = false;
        (_said, _wrong) = errors.Count == 0
            ? (R("Act.Accepted", AgencyName(asked.Agency)), false)
            : (CodeTexts.Detail(errors[0].Code, errors[0].Arguments, CultureInfo.CurrentUICulture), true);
        await ReadAsync();
    }

    private async Task DoneAsync(string words)
    {
        (_act, _said, _wrong) = (null, words, false);
        await ReadAsync();
    }

    private bool IsMissed(AskedAgency asked) => asked.State == AnswerState.Open && asked.DueAt <= Moment.Now;

    private string AgencyName(string code) => _seen.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(CultureInfo.CurrentUICulture) : code;

    private string When(DateTimeOffset instant) => DayText.Of(Time.Local(instant));

    public void Dispose()
    {
        _subscription?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }
}
