using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

[CollectionDefinition(nameof(HostZone), DisableParallelization = true)]
public sealed class HostZone;

[Collection(nameof(HostZone))]
public sealed class ProvinceTimeTests : IDisposable
{
    private readonly string? _zone = Environment.GetEnvironmentVariable("TZ");

    public void Dispose() => Host(_zone);

    [Theory]
    [InlineData("UTC", 0)]
    [InlineData("Asia/Ho_Chi_Minh", -7)]
    [InlineData("America/New_York", 5)]
    [InlineData("Pacific/Kiritimati", -14)]
    public void Deadlines_WhateverTheHostsZone_AreTheProvinces(string zone, int hoursToUtc)
    {
        Host(zone);
        // The host does live in that zone now, and the domain does not care.
        new DateTime(2026, 1, 15, 12, 0, 0, DateTimeKind.Local).ToUniversalTime()
            .ShouldBe(new DateTime(2026, 1, 15, 12, 0, 0, DateTimeKind.Utc).AddHours(hoursToUtc));
        var time = new ProvinceTime(TimeZoneInfo.FindSystemTimeZoneById("Asia/Ho_Chi_Minh"));

        DeadlineRule.Parse("end+1d@08:00").DueAt(ReportingPeriod.Parse("2026-11-23"), Province.Calendar, time)
            .ShouldBe(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero));
        time.StartOf(new DateOnly(2026, 11, 23)).ShouldBe(new DateTimeOffset(2026, 11, 22, 17, 0, 0, TimeSpan.Zero));
        time.DayOf(new DateTimeOffset(2026, 11, 22, 16, 59, 59, TimeSpan.Zero)).ShouldBe(new DateOnly(2026, 11, 22));
        time.DayOf(new DateTimeOffset(2026, 11, 22, 17, 0, 0, TimeSpan.Zero)).ShouldBe(new DateOnly(2026, 11, 23));
        FormattableString.Invariant($"{time.Local(new DateTimeOffset(2026, 11, 22, 17, 0, 0, TimeSpan.Zero)):yyyy-MM-dd HH:mm zzz}")
            .ShouldBe("2026-11-23 00:00 +07:00");
    }

    [Fact]
    public void Instants_AreReturnedInUtc() =>
        Province.Time.At(new DateOnly(2026, 11, 23), new TimeOnly(8, 0)).Offset.ShouldBe(TimeSpan.Zero);

    private static void Host(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }
}
