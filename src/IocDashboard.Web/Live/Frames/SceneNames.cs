namespace IocDashboard.Web.Live.Frames;

/// <summary>Channels that stand for another: a wall without a layout of its own shows the overview.</summary>
internal static class SceneNames
{
    public const string Overview = "wall/overview";

    public static string Resolve(string channel) => channel is "wall/default" ? Overview : channel;
}
