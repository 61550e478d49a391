namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>Runs as the machine's clock does, from an instant of the test's choice, and can be put forward.</summary>
public sealed class RunningClock(DateTimeOffset start) : TimeProvider
{
    private long _ahead = (start - System.GetUtcNow()).Ticks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    public void PutForward(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
