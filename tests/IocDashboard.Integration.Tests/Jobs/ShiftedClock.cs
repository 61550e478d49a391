namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>Runs as fast as the machine's clock, from another instant on: what waits for time really waits.</summary>
internal sealed class ShiftedClock(DateTimeOffset start) : TimeProvider
{
    private readonly DateTimeOffset _begun = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => start + (System.GetUtcNow() - _begun);
}
