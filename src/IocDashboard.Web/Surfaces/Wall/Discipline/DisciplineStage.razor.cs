using IocDashboard.Web.Live.Frames;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>The whole discipline scene in its frame.</summary>
public sealed partial class DisciplineStage(DisciplineScene scene, VerifiedDisciplineScene verified)
{
    protected override IScene Scene => VerifiedOnly ? verified : scene;

    private string Channel => VerifiedOnly ? VerifiedDisciplineScene.ChannelName : DisciplineScene.ChannelName;
}
