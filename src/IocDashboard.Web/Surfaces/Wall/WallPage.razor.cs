using System.Globalization;
using IocDashboard.Web.Live.Board;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>
/// The video wall's default scene: <c>?lang=en</c> for English, <c>?asOf=2021-11-18T14:05:00+07:00</c> for the board as the
/// centre knew it then, plainly marked and without a live connection.
/// </summary>
public sealed partial class WallPage(LiveBoard live, AsOfBoards past, TimeProvider clock)
{
    [SupplyParameterFromQuery]
    private string? Lang { get; set; }

    [SupplyParameterFromQuery(Name = "asOf")]
    private string? AsOf { get; set; }

    private BoardState Board { get; set; } = BoardState.Empty;
    private DateTimeOffset Now { get; set; }
    private CultureInfo Culture => DisplayCulture.Of(Lang);

    protected override async Task OnInitializedAsync()
    {
        Board = DateTimeOffset.TryParse(AsOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? await past.GetAsync(at)
            : live.Current;
        Now = Board.AsOf ?? clock.GetUtcNow();
    }
}
