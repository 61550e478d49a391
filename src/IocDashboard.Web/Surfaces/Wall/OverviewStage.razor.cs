using IocDashboard.Web.Live.Frames;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>The whole overview in its frame: tiles, map, overdue board, feeds.</summary>
public sealed partial class OverviewStage(OverviewScene scene, VerifiedScene verified)
{
    protected override IScene Scene => VerifiedOnly ? verified : scene;

    private string Channel => VerifiedOnly ? VerifiedScene.ChannelName : "wall/default";
}
