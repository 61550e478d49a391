using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Notices;

/// <summary>What the ladder told the reader's body: the centre, the PPC Office or the leadership; the newest first, live. Who sees one marks it for all.</summary>
public sealed partial class NoticesPage : IDisposable
{
    private const int MostListed = 1_000;
    private static readonly TimeSpan ReadSoonest = TimeSpan.FromSeconds(3), ReadEvery = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closed = new();
    private readonly List<Notice> _older = [];
    private BodyInbox _inbox = BodyInbox.Empty;
    private string _body = "", _me = "";
    private string? _failed;
    private bool _read, _mayHaveOlder;
    private int _changes = -1;
    private BoardState? _of;
    private DateTimeOffset _readAt;
    private (BodyInbox, int, string?, bool, bool)? _drawn;

    [Inject] private FindNotices Find { get; set; } = null!;
    [Inject] private BodyInboxes Inboxes { get; set; } = null!;
    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private ILogger<NoticesPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    private string BodyName => Catalogues.Current.Agencies.TryGetValue(_body, out var body) ? body.Name.In(CultureInfo.CurrentUICulture) : _body;

    /// <summary>An older one may have become one of the newest hundred's when others went; it stands once.</summary>
    private IReadOnlyList<Notice> Listed => _older.Count == 0 ? _inbox.Newest : [.. _inbox.Newest.Concat(_older).DistinctBy(n => n.Id)];

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_body, _me) = (NoticeRights.BodyOf(user), user.Identity?.Name ?? "");
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_body.Length == 0) return;
        var since = (Moment.Now - _readAt).Duration();
        if (_changes == Inboxes.Changes && since < ReadEvery && (ReferenceEquals(_of, Moment.Board) || since < ReadSoonest)) return;
        await ReadAsync();
    }

    /// <summary>The console's second brings nothing new by itself.</summary>
    protected override bool ShouldRender()
    {
        var shown = (_inbox, _older.Count, _failed, _read, _mayHaveOlder);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }

    private async Task ReadAsync()
    {
        (_of, _readAt, _changes) = (Moment.Board, Moment.Now, Inboxes.Changes);
        await TryAsync(async () =>
        {
            var first = !_read;
            _inbox = await Inboxes.NowAsync(_body, _closed.Token);
            if (first) _mayHaveOlder = _inbox.Newest.Count == FindNotices.Most;
            _read = true;
        });
    }

    private Task OlderAsync() => TryAsync(async () =>
    {
        if (Listed is not [.., var last]) return;
        var older = await Find.Handle(_body, _closed.Token, last.Id);
        _older.AddRange(older);
        _mayHaveOlder = older.Count == FindNotices.Most && Listed.Count < MostListed;
    });

    private Task SeeAsync(Notice notice) => SeeAsync(() => Find.ReadOne(_body, notice.Id, _me, _closed.Token));

    private Task SeeAllAsync() => SeeAsync(() => Find.Read(_body, Listed[0].Id, _me, _closed.Token));

    private Task SeeAsync(Func<Task> mark) => TryAsync(async () =>
    {
        await mark();
        Inboxes.Seen();
        _inbox = await Inboxes.NowAsync(_body, _closed.Token);
        // What was read page by page is read anew by the next press.
        if (_older.Count > 0) _mayHaveOlder = true;
        _older.Clear();
    });

    private async Task TryAsync(Func<Task> what)
    {
        try
        {
            await what();
            _failed = null;
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            _failed = FailureTrace.Short();
            Log.LogWarning(failure, "The notices of {Body} could not be read, trace {Trace}", _body, _failed);
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
