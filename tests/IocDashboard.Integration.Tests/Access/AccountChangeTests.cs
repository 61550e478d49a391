using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>A change of an account is whole or not at all, holds at once, and never leaves the centre without somebody who gives rights.</summary>
public sealed class AccountChangeTests : IAsyncLifetime
{
    private const string Name = "lan.pham", Chosen = "cá rô đồng kho tộ 7 phút";

    // It stands still: what is remembered for some seconds is remembered for ever.
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    private RoleAssignments Assignments => _host.Services.GetRequiredService<RoleAssignments>();

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new() { Time = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Password_WhoseSessionsCannotBeEnded_StaysAsItWas()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "IOC", Name);
        await BreakSessionsAsync();

        using var answer = await person.FillAsync("/account/password", "password", ("Form.Current", Visitor.Password), ("Form.New", Chosen), ("Form.Again", Chosen));
        await Should.ThrowAsync<Exception>(() => DoAsync((accounts, account) => accounts.ResetPasswordAsync(account, AuditActor.Itself)));
        await Should.ThrowAsync<Exception>(() => SetAsync(Name, Roles.Supervisor, Chosen));

        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        using (var scope = _host.Services.CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
            var account = (await accounts.FindByNameAsync(Name))!;
            (await accounts.CheckPasswordAsync(account, Visitor.Password)).ShouldBeTrue();
            account.MustChangePassword.ShouldBeFalse();
        }

        (await RolesAsync(Name)).ShouldBe([Roles.Operator]);
        (await EntriesAsync(AuditActions.PasswordChanged, AuditActions.PasswordReset)).ShouldBe(0);
    }

    [Fact]
    public async Task Role_GivenOrTaken_HoldsAtOnce()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "IOC", Name);
        (await OpensAsync("/console/people")).ShouldBeFalse();

        (await Assignments.GrantAsync(await IdAsync(Name), Roles.Supervisor, null, null, "", AuditActor.Itself)).ShouldBe(RoleRefusal.None);
        (await OpensAsync("/console/displays")).ShouldBeTrue();
        foreach (var role in await Assignments.OfAsync(await IdAsync(Name))) (await Assignments.EndAsync(role.Id, AuditActor.Itself)).ShouldBe(RoleEndRefusal.None);

        (await OpensAsync("/console/displays")).ShouldBeFalse();

        async Task<bool> OpensAsync(string page) => (await person.Client.GetAsync(page)).StatusCode == HttpStatusCode.OK;
    }

    [Fact]
    public async Task LastAdministrator_GivenAnotherRole_IsRefusedAndKeepsEverything()
    {
        (await SetAsync("quan.tri", Roles.Administrator)).ShouldBeEmpty();

        (await SetAsync("quan.tri", Roles.Operator, Chosen)).Single().ShouldContain("last administrator");

        (await RolesAsync("quan.tri")).ShouldBe([Roles.Administrator]);
        using var person = new Visitor(_host);
        (await person.SignInAsync("quan.tri", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "the old password");
        (await SetAsync("ke.nhiem", Roles.Administrator)).ShouldBeEmpty();
        (await SetAsync("quan.tri", Roles.Operator)).ShouldBeEmpty();
        (await RolesAsync("quan.tri")).ShouldBe([Roles.Operator]);
    }

    [Fact]
    public async Task LastAdministrator_WhoseTermEnds_IsGivenAnEndlessOne()
    {
        (await SetAsync("quan.tri", Roles.Operator)).ShouldBeEmpty();
        (await Assignments.GrantAsync(await IdAsync("quan.tri"), Roles.Administrator, null, _clock.GetUtcNow().AddDays(1), "", AuditActor.Itself)).ShouldBe(RoleRefusal.None);

        (await SetAsync("quan.tri", Roles.Administrator)).ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromDays(2));
        (await RolesAsync("quan.tri")).ShouldBe([Roles.Administrator]);
    }

    [Fact]
    public async Task Administrators_ReplacedAtTheSameMoment_LeaveOne()
    {
        (await SetAsync("mot", Roles.Administrator)).ShouldBeEmpty();
        (await SetAsync("hai", Roles.Administrator)).ShouldBeEmpty();

        var refused = await Task.WhenAll(SetAsync("mot", Roles.Operator), SetAsync("hai", Roles.Operator));

        refused.Count(r => r.Count == 0).ShouldBe(1);
    }

    [Fact]
    public async Task SecondFactor_ResetForWhoeverHasNoPassword_LeadsToNoPageThatWantsOne()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "IOC", Name);
        await ExecuteAsync("""update identity.account set "PasswordHash" = null""");

        await DoAsync(async (accounts, account) =>
        {
            await accounts.ResetSecondFactorAsync(account, AuditActor.Itself);
            return true;
        });

        using var scope = _host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(Name))!.MustChangePassword.ShouldBeFalse();
    }

    [Fact]
    public async Task Account_SetWhileAnAdministratorsRoleEnds_WaitsForItBeforeTheTrail()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "IOC", Name);
        await using var connection = await _host.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // As whatever ends an administrator's role: the turn of such changes first, the entry on the trail last.
        await using var turn = new NpgsqlCommand($"select pg_advisory_xact_lock({0x494F43_4C415354})", connection, transaction);
        await turn.ExecuteNonQueryAsync();

        var setting = SetAsync(Name, Roles.Supervisor);
        await UntilOneWaitsAsync();
        await _host.Services.GetRequiredService<AuditTrail>().AppendAsync(transaction, AuditActions.RoleEnded, "ai.do", AuditOutcome.Done);
        await transaction.CommitAsync();

        (await setting).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_OfAnAttemptThatIsBeingChecked_EndsWithThePasswordThatItShowed(bool isReset)
    {
        (await SetAsync(Name, Roles.Operator)).ShouldBeEmpty();
        var (account, sessions) = (await IdAsync(Name), _host.Services.GetRequiredService<SessionRegister>());
        var attempt = (await _host.Services.GetRequiredService<AttemptGate>().EnterAsync(account)).ShouldNotBeNull();

        var changing = isReset ? DoAsync((accounts, person) => accounts.ResetPasswordAsync(person, AuditActor.Itself)) : (Task)SetAsync(Name, Roles.Operator, Chosen);
        await Task.WhenAny(changing, UntilOneWaitsAsync());
        var begun = await sessions.StartAsync(account, SignInMethods.Password, isStrong: false, "10.1.1.1", "test");
        await attempt.DisposeAsync();
        await changing;

        (await sessions.FindAsync(begun))!.EndedWhy.ShouldBe(SessionEnds.PasswordChanged);
    }

    private async Task UntilOneWaitsAsync()
    {
        await using var waiting = _host.Database.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        for (var i = 0; i < 100 && (long)(await waiting.ExecuteScalarAsync())! == 0; i++) await Task.Delay(100);
    }

    private Task BreakSessionsAsync() => ExecuteAsync("""
        create function identity.refuse() returns trigger language plpgsql as $$ begin raise exception 'no session ends'; end $$;
        create trigger refuse before update of ended_at on identity.session for each row execute function identity.refuse();
        """);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<T> DoAsync<T>(Func<Accounts, UserAccount, Task<T>> what)
    {
        using var scope = _host.Services.CreateScope();
        return await what(scope.ServiceProvider.GetRequiredService<Accounts>(), (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(Name))!);
    }

    private async Task<IReadOnlyList<string>> SetAsync(string userName, string role, string password = Visitor.Password)
    {
        using var scope = _host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, password, role, "IOC");
    }

    private async Task<string> IdAsync(string userName)
    {
        using var scope = _host.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(userName))!.Id;
    }

    private async Task<IReadOnlyList<string>> RolesAsync(string userName) =>
        [.. (await Assignments.OfAsync(await IdAsync(userName))).Where(r => r.IsValidAt(_clock.GetUtcNow())).Select(r => r.Role)];

    private async Task<int> EntriesAsync(params string[] actions)
    {
        var found = 0;
        foreach (var action in actions)
            found += (await _host.Services.GetRequiredService<FindAudit>().Handle(new(action, null, null, null), null, 10, CancellationToken.None)).Count;
        return found;
    }
}
