using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class RedrawThrottleTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _clock = new();
    private int _redraws;

    private RedrawThrottle Throttle() => new(_clock, Interval, () =>
    {
        _redraws++;
        return Task.CompletedTask;
    });

    [Fact]
    public void Signal_AfterQuiet_RedrawsAtOnce()
    {
        using var throttle = Throttle();

        throttle.Signal();
        _clock.Advance(TimeSpan.Zero);

        _redraws.ShouldBe(1);
    }

    [Fact]
    public void Signal_FiftyASecond_RedrawsFourTimes()
    {
        using var throttle = Throttle();

        for (var i = 0; i < 50; i++)
        {
            throttle.Signal();
            _clock.Advance(TimeSpan.FromMilliseconds(20));
        }

        _redraws.ShouldBeInRange(4, 5);
    }

    [Fact]
    public void Signal_JustAfterARedraw_IsNotLost()
    {
        using var throttle = Throttle();
        throttle.Signal();
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        throttle.Signal();
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        _redraws.ShouldBe(1);
        _clock.Advance(TimeSpan.FromMilliseconds(50));

        _redraws.ShouldBe(2);
    }

    [Fact]
    public void Signal_NoneSince_RedrawsNoMore()
    {
        using var throttle = Throttle();
        throttle.Signal();

        _clock.Advance(TimeSpan.FromSeconds(10));

        _redraws.ShouldBe(1);
    }

    [Fact]
    public async Task Signal_WhileARedrawIsUnderWay_WaitsForItsEnd()
    {
        var slow = new TaskCompletionSource();
        using var throttle = new RedrawThrottle(_clock, Interval, () =>
        {
            _redraws++;
            return slow.Task;
        });
        throttle.Signal();
        _clock.Advance(Interval);

        throttle.Signal();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _redraws.ShouldBe(1);

        slow.SetResult();
        await Task.Yield();
        _clock.Advance(Interval);
        _redraws.ShouldBe(2);
    }

    [Fact]
    public void Signal_AfterDispose_RedrawsNothing()
    {
        var throttle = Throttle();
        throttle.Dispose();

        throttle.Signal();
        _clock.Advance(TimeSpan.FromSeconds(1));

        _redraws.ShouldBe(0);
    }
}
