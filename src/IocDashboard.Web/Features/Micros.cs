namespace IocDashboard.Web.Features;

/// <summary>PostgreSQL keeps microseconds: instants are cut to them on arrival, so that what is answered is what is kept.</summary>
public static class Micros
{
    public static DateTimeOffset Truncate(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
