namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>Places of the discipline scene's panels.</summary>
public static class DisciplineLayout
{
    public const string FiveId = "w-five", AgenciesId = "w-rank-agencies", DistrictsId = "w-rank-districts", MapId = "w-timeliness-map";
    public const string DueId = "w-due", MonthId = "w-month", OverdueId = "w-overdue-list";
}
