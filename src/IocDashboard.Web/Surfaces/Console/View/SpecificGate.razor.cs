using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.View;

/// <summary>
/// Around what shows the board's figures: another agency's specific ones come through once their reading is on the audit trail,
/// at the opening, when an agreement begins, and for each past instant that is looked at. Until then the board inside is without
/// them; what the trail cannot take is not shown.
/// </summary>
public sealed partial class SpecificGate : IDisposable
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _closed = new();
    private ConsoleMoment _shown = ConsoleMoment.Empty;
    private ConsoleMoment? _drawn;
    private DateTimeOffset? _failedAt;
    private bool _noting;

    [Inject]
    private SpecificReads Reads { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<SpecificGate> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [PersistentState]
    public SpecificViewing? Viewing { get; set; }

    /// <summary>Code of the one field whose figures are shown; null for all.</summary>
    [Parameter]
    public string? Field { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Subject => "/" + Navigation.ToBaseRelativePath(Navigation.Uri);

    protected override async Task OnParametersSetAsync()
    {
        if (Viewing?.Of != (Field ?? "")) Viewing = new() { Of = Field ?? "" };
        var unnoted = Unnoted();
        Show(unnoted);
        if (unnoted.Length == 0 || _noting || Clock.GetUtcNow() - _failedAt < RetryEvery) return;
        await NoteAsync(unnoted);
        Show(Unnoted());
    }

    protected override bool ShouldRender()
    {
        if (ReferenceEquals(_drawn, _shown)) return false;
        _drawn = _shown;
        return true;
    }

    // While another instant is being read the board is still the one before, and so is its instant. An empty board shows nothing.
    private ImmutableArray<Indicator> Unnoted() => Moment.IsReady
        ? [.. Moment.Board.Catalogue.IndicatorList.Where(i => (Field is null || i.FieldCode == Field) && Moment.Sight.IsGuestOf(i) && !Viewing!.Has(i, Moment.Board.AsOf))]
        : [];

    private void Show(ImmutableArray<Indicator> without)
    {
        if (without.Length == 0)
        {
            _shown = Moment;
            return;
        }

        var sight = Moment.Sight.Without(without);
        _shown = Moment with { Board = Moment.Board.SeenBy(sight), Sight = sight };
    }

    private async Task NoteAsync(ImmutableArray<Indicator> indicators)
    {
        (_noting, _failedAt) = (true, null);
        var (viewing, board) = (Viewing!, Moment.Board);
        try
        {
            var by = AuditActor.Of((await Session).User, Http?.Connection.RemoteIpAddress?.ToString());
            await Reads.NoteNewAsync(viewing, Moment.Sight, board.Figures.Values.Select(f => f.Indicator).Where(indicators.Contains), board.AsOf, Subject, by, _closed.Token);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            _failedAt = Clock.GetUtcNow();
            Log.LogWarning(failure, "A reading of specific figures on {Page} could not be put on the audit trail; they are not shown", Subject);
        }
        finally
        {
            _noting = false;
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
