using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>
/// The video wall, by its address: <c>?lang=en</c> for English, <c>?asOf=2021-11-18T14:05:00+07:00</c> for the board as the
/// centre knew it then, plainly marked and without a live connection; <c>?verified=only</c> leaves out what nobody has verified;
/// <c>?scene=discipline</c> shows reporting discipline in place of the overview. Past or present, it shows what its reader may see today.
/// </summary>
public sealed partial class WallPage(LiveBoard live, AsOfBoards past, Sights sights, SpecificReads reads, IocSettings settings, TimeProvider clock)
{
    [SupplyParameterFromQuery]
    private string? Lang { get; set; }

    [SupplyParameterFromQuery(Name = "asOf")]
    private string? AsOf { get; set; }

    /// <summary><c>only</c>: what nobody has verified is not shown. Where the installation shows verified figures alone, nothing else is to be had.</summary>
    [SupplyParameterFromQuery(Name = "verified")]
    private string? Verified { get; set; }

    /// <summary><c>discipline</c>, or none for the overview.</summary>
    [SupplyParameterFromQuery(Name = "scene")]
    private string? Scene { get; set; }

    [CascadingParameter]
    private HttpContext? HttpContext { get; set; }

    /// <summary>Null until it has been read: nothing is drawn before.</summary>
    private BoardState? Board { get; set; }
    private bool IsVerifiedOnly => settings.WallVerifiedOnly || string.Equals(Verified, "only", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why nothing can be shown, a name of a text; null where something can.</summary>
    private string? Refusal { get; set; }
    private bool IsDiscipline => string.Equals(Scene, "discipline", StringComparison.OrdinalIgnoreCase);
    private string Screen => IsDiscipline ? "Screen.Discipline" : "Screen.Overview";
    private DateTimeOffset Now { get; set; }
    private CultureInfo Culture => DisplayCulture.Of(Lang);

    protected override async Task OnInitializedAsync()
    {
        var now = clock.GetUtcNow();
        BoardState? board = null;
        if (!IsDiscipline && !string.IsNullOrEmpty(Scene))
        {
            Refuse("Scene.Refused");
        }
        else if (AsOf is null)
        {
            (board, Now) = (live.Current, now);
        }
        else if (DateTimeOffset.TryParse(AsOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                 && at.Year >= ReportingPeriod.FirstYear && at <= now)
        {
            Now = at;
            board = await past.GetAsync(at);
        }
        else
        {
            // Showing the present instead would pass one moment off as another.
            Refuse("Past.Refused");
        }

        if (board is not { } whole) return;
        var sight = sights.Of(ReadingAgency.Of(HttpContext?.User));
        var seen = whole.SeenBy(sight);
        await reads.NoteAsync(sight, seen.Figures.Values.Select(f => f.Indicator), "/wall" + HttpContext?.Request.QueryString);
        Board = seen;
    }

    private void Refuse(string reason)
    {
        Refusal = reason;
        if (HttpContext is { Response.HasStarted: false } http) http.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
