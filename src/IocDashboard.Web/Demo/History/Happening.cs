namespace IocDashboard.Web.Demo.History;

/// <summary>Something that illustrative history says has happened: an event of one stream at an instant (UTC). Its content is drawn when it is written.</summary>
internal sealed record Happening(DateTimeOffset At, string Stream, Func<object> Event);
