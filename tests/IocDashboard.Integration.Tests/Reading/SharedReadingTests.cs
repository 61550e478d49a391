using IocDashboard.Web.Features;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Reading;

/// <summary>When what one asked for serves everybody, and when it is asked anew.</summary>
public sealed class SharedReadingTests
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _clock = new();
    private int _readings;
    private bool _isAway;

    private SharedReading<int> Reading => field ??= new(_ => _isAway ? Failed() : Task.FromResult(++_readings), _clock);

    [Fact]
    public async Task Reading_ServesAll_UntilItIsOldOrOfAnotherVersion()
    {
        (await Reading.GetAsync(Age, default, version: 1)).ShouldBe(1);
        _clock.Advance(Age - TimeSpan.FromSeconds(1));
        (await Reading.GetAsync(Age, default, version: 1)).ShouldBe(1);
        (await Reading.GetAsync(Age, default, version: 2)).ShouldBe(2);
        _clock.Advance(Age);
        (await Reading.GetAsync(Age, default, version: 2)).ShouldBe(3);
    }

    [Fact]
    public async Task Failure_IsSharedForSeconds_HoweverLongAnAnswerWouldBe()
    {
        _isAway = true;
        await Should.ThrowAsync<InvalidOperationException>(() => Reading.GetAsync(Age, default));
        _isAway = false;
        await Should.ThrowAsync<InvalidOperationException>(() => Reading.GetAsync(Age, default));

        _clock.Advance(TimeSpan.FromSeconds(5));
        (await Reading.GetAsync(Age, default)).ShouldBe(1);
    }

    private static Task<int> Failed() => Task.FromException<int>(new InvalidOperationException("away"));
}
