using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.RightsReviews;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.RightsReview;

/// <summary>
/// The half-yearly review (level 3, TCVN 11930): everybody's rights on paper, as of an instant, with what changed since the last
/// review; and that somebody looked. The instant stands in the address.
/// </summary>
public sealed partial class RightsReviewPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private RightsAt? _rights;
    private IReadOnlyList<RecordedReview> _reviews = [];
    private IReadOnlyList<RightsChange> _changes = [];
    private DateTimeOffset _instant;
    private DateTimeOffset? _due, _since;
    private bool _notADay, _busy, _wrong;
    private string? _remarks, _said;
    private AuditActor _me = AuditActor.Itself;
    private AgencyScope _scope = AgencyScope.None;

    [Inject]
    private FindRights Find { get; set; } = null!;

    [Inject]
    private FindReviews Reviews { get; set; } = null!;

    [Inject]
    private RecordReview Record { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    /// <summary>The last day whose rights count; none: now.</summary>
    [SupplyParameterFromQuery(Name = "day")]
    private string? Day { get; set; }

    /// <summary>An hour of that day; none: its end.</summary>
    [SupplyParameterFromQuery(Name = "time")]
    private string? TimeOfDay { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var me = (await Session).User;
        (_me, _scope) = (AuditActor.Of(me, address: null), AgencyScope.Of(me, [.. Roles.RecordsReviews, Roles.Supervisor], []));
        if (_rights is null) await ReadAsync();
    }

    private async Task RecordAsync()
    {
        _busy = true;
        var outcome = await Record.Handle(_instant, _remarks, _me, _closed.Token);
        (_said, _wrong) = (T($"Review.Outcome.{outcome}"), outcome != ReviewOutcome.Recorded);
        if (!_wrong) _remarks = null;
        await ReadReviewsAsync();
        _busy = false;
    }

    private async Task ReadAsync()
    {
        _instant = Asked();
        _rights = await Find.Handle(_instant, _scope, _closed.Token);
        await ReadReviewsAsync();
        // Since the review before the list that is shown, so that an old list shows its own differences.
        _since = _reviews.FirstOrDefault(r => r.AsOf < _instant)?.AsOf;
        _changes = _since is { } since ? await Reviews.ChangesAsync(since, _instant, _scope, _closed.Token) : [];
    }

    private async Task ReadReviewsAsync()
    {
        _reviews = await Reviews.ListAsync(_closed.Token);
        _due = await Reviews.NextDueAsync(_closed.Token);
    }

    private DateTimeOffset Asked()
    {
        var now = Clock.GetUtcNow();
        if (string.IsNullOrWhiteSpace(Day)) return now;
        if (DayText.Read(Day) is not { Year: > 2000 and < 9999 } day || (!string.IsNullOrWhiteSpace(TimeOfDay) && DayText.ReadTime(TimeOfDay) is null))
        {
            _notADay = true;
            return now;
        }

        var instant = DayText.ReadTime(TimeOfDay) is { } time ? Time.At(day, time) : Time.StartOf(day.AddDays(1)).AddSeconds(-1);
        return instant > now ? now : instant;
    }

    private string HrefOf(RecordedReview review)
    {
        var local = Time.Local(review.AsOf);
        return "/console/rights-review" + QueryString.Create(
            (KeyValuePair<string, string?>[])[new("day", local.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)), new("time", local.ToString("HH:mm:ss", CultureInfo.InvariantCulture))]);
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
