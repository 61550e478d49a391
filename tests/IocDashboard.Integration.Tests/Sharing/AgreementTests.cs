using IocDashboard.Integration.Tests.Live;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Sharing;

/// <summary>The register of sharing agreements: what may be recorded, that it stays, and that every node knows.</summary>
public sealed class AgreementTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private IocHost _host = null!;

    private RecordAgreementHandler Recorder => _host.Services.GetRequiredService<RecordAgreementHandler>();

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("XX99", "STC", "1/TT", AgreementOutcome.UnknownIndicator)]
    [InlineData("KT01", "STC", "1/TT", AgreementOutcome.NotSpecific)]
    [InlineData("CN06", "NONE", "1/TT", AgreementOutcome.UnknownAgency)]
    [InlineData("CN06", "PCQN", "1/TT", AgreementOutcome.OwnIndicator)]
    [InlineData("CN06", "STC", "  ", AgreementOutcome.NoDocument)]
    public async Task Agreement_ThatMakesNoSense_IsRefusedAndKeptNowhere(string indicator, string reader, string document, AgreementOutcome refused)
    {
        var (outcome, agreement) = await Recorder.Handle(new(indicator, reader, Now, null, document, Agreeing.ManagingAgency), CancellationToken.None);

        (outcome, agreement).ShouldBe((refused, null));
        (await CountAsync()).ShouldBe(0);
        (await EntriesAsync(AuditActions.AgreementRecorded)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Agreement_OverOrForNoTime_OrBesideAnother_IsRefused()
    {
        (await Recorder.Handle(new("CN06", "STC", Now, Now, "1", Agreeing.ManagingAgency), CancellationToken.None)).Outcome.ShouldBe(AgreementOutcome.NoTime);
        (await Recorder.Handle(new("CN06", "STC", Now.AddDays(-2), Now.AddDays(-1), "1", Agreeing.ManagingAgency), CancellationToken.None)).Outcome.ShouldBe(AgreementOutcome.NoTime);
        await _host.AgreeAsync("CN06", "STC", Now, Now.AddDays(10));

        (await Recorder.Handle(new("CN06", "STC", Now.AddDays(9), null, "2", Agreeing.ManagingAgency), CancellationToken.None)).Outcome.ShouldBe(AgreementOutcome.Overlaps);
        (await Recorder.Handle(new("CN06", "STC", Now.AddDays(10), null, "2", Agreeing.ManagingAgency), CancellationToken.None)).Outcome.ShouldBe(AgreementOutcome.Recorded);
        (await Recorder.Handle(new("CN06", "SCT", Now, null, "2", Agreeing.ManagingAgency), CancellationToken.None)).Outcome.ShouldBe(AgreementOutcome.Recorded);
    }

    [Fact]
    public async Task Agreement_RecordedAndEnded_StaysInTheRegisterAndOnTheTrail()
    {
        var agreement = await _host.AgreeAsync("CN06", "STC");
        var ended = await _host.EndAsync(agreement);

        ended!.EndedBy.ShouldBe("quan.ly");
        (await _host.EndAsync(agreement)).ShouldBeNull("it was ended before");
        (await _host.EndAsync(agreement with { Id = Guid.NewGuid() })).ShouldBeNull();
        _host.Services.GetRequiredService<CatalogueCache>().Current.Agreements.ShouldHaveSingleItem().ShouldBe(ended);
        (await EntriesAsync(AuditActions.AgreementRecorded)).ShouldHaveSingleItem().After!.ShouldContain("\"reader\":\"STC\"");
        (await EntriesAsync(AuditActions.AgreementEnded)).ShouldHaveSingleItem().Actor.ShouldBe(Agreeing.ManagingAgency);
        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync("delete from ioc.sharing_agreement"))).SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
        await _host.AgreeAsync("CN06", "STC");
    }

    [Fact]
    public async Task Agreement_WhoseEntryCannotBeWritten_IsNotRecorded()
    {
        await ExecuteAsync("alter table ioc.audit_entry rename to audit_entry_away");
        await Should.ThrowAsync<PostgresException>(() => _host.AgreeAsync("CN06", "STC"));
        await ExecuteAsync("alter table ioc.audit_entry_away rename to audit_entry");

        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Agreement_OnOneNode_IsKnownToAnotherWithinASecondOrTwo()
    {
        await using var other = await IocHost.StartAsync(new() { ConnectionString = _host.ConnectionString });
        var (sights, indicator) = (other.Services.GetRequiredService<Sights>(), other.Services.GetRequiredService<CatalogueCache>().Current.Indicators["CN06"]);
        sights.Of("STC").Sees(indicator).ShouldBeFalse();

        var agreement = await _host.AgreeAsync("CN06", "STC");
        _host.Services.GetRequiredService<Sights>().Of("STC").Sees(indicator).ShouldBeTrue("at once where it was written");
        await BoardRows.EventuallyAsync(() => sights.Of("STC").Sees(indicator), sees => sees, seconds: 2);
        await _host.EndAsync(agreement);
        _host.Services.GetRequiredService<Sights>().Of("STC").Sees(indicator).ShouldBeFalse();
        await BoardRows.EventuallyAsync(() => sights.Of("STC").Sees(indicator), sees => !sees, seconds: 2);
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync(string action) =>
        await _host.Services.GetRequiredService<FindAudit>().Handle(new(action, null, null, null), null, 100, CancellationToken.None);

    private async Task<long> CountAsync()
    {
        await using var command = _host.Database.CreateCommand("select count(*) from ioc.sharing_agreement");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
