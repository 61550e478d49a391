namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>Places that every scene of the wall has: in the title bar, and the alarms below.</summary>
public static class FrameLayout
{
    public const string CountsId = "w-counts", NoteId = "w-note", DateId = "w-date", AlarmsId = "w-alarms";
}
