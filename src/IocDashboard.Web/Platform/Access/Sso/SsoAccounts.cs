using System.Text.Json.Nodes;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>
/// Makes the account of a person of the provider at the first sign-in, and brings agency and roles in line at each next one.
/// One transaction with the session that begins and the entries on the audit trail. A refusal gives nothing and takes what the provider gave before: roles of
/// this source and open sessions end, for the provider has just said so. Roles given here are left alone.
/// </summary>
public sealed class SsoAccounts(
    AccountsContext context, AccountManager accounts, RoleAssignments roles, SessionRegister sessions, CatalogueCache catalogue, SsoSettings settings, AuditTrail audit,
    PeopleNames names, TimeProvider clock)
{
    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_53534F;

    private const string Untouched = "untouched";

    private const string Whose = """
        select a."Id" from identity.account_login l join identity.account a on a."Id" = l."UserId"
        where l."LoginProvider" = $1 and l."ProviderKey" = $2
        """;

    /// <param name="agent">What the person's browser calls itself.</param>
    /// <param name="by">Who gives and takes the roles: the provider, by way of this request.</param>
    /// <returns>The account, also of a refusal where there is one, and either its new session or one of <see cref="SsoRefusals"/>.</returns>
    public async Task<(UserAccount? Account, Guid? Session, string? Refusal)> SignInAsync(SsoPerson person, string? agent, AuditActor by, CancellationToken cancellation)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var database = (NpgsqlTransaction)transaction.GetDbTransaction();
        var known = await FindAsync(database, person, cancellation);
        if (known is { ClosedAt: not null }) return (known, null, SsoRefusals.Closed);
        await transaction.CreateSavepointAsync(Untouched, cancellation);
        var (account, refusal) = await AlignAsync(database, person, known, by, cancellation);
        if (refusal is not null)
        {
            await transaction.RollbackToSavepointAsync(Untouched, cancellation);
            context.ChangeTracker.Clear();
            if (known is null) return (null, null, refusal);
            await TakeAsync(database, known, by, cancellation);
        }

        Guid? begun = refusal is null ? await sessions.StartAsync(database, account!.Id, person.Method, person.Strong, by.Address, agent, cancellation) : null;
        await transaction.CommitAsync(CancellationToken.None);
        sessions.Forget(account!.Id);
        await names.LearnAsync(account.UserName!, account.FullName);
        return (account, begun, refusal);
    }

    private async Task<(UserAccount? Account, string? Refusal)> AlignAsync(
        NpgsqlTransaction database, SsoPerson person, UserAccount? known, AuditActor by, CancellationToken cancellation)
    {
        var (rights, refusal) = SsoRights.Of(person, settings, catalogue.Current.Agencies.ContainsKey);
        if (rights is null) return (known, refusal);
        if (known is null && rights.Roles.IsEmpty) return (null, SsoRefusals.NoRole);
        if (known is null && rights.Agency is null) return (null, SsoRefusals.Agency);
        var account = known is null
            ? await MakeAsync(database, person, rights.Agency!, by, cancellation)
            : await FollowAsync(database, person, known, rights.Agency ?? known.Agency, by, cancellation);
        return (account, await AlignRolesAsync(database, account.Id, person, rights, by, cancellation));
    }

    /// <summary>What the provider gave and gives no more. The last administrator's role stays written, but opens nothing: the provider lets nobody in with it.</summary>
    private async Task TakeAsync(NpgsqlTransaction database, UserAccount account, AuditActor by, CancellationToken cancellation)
    {
        await sessions.EndAllAsync(database, account.Id, SessionEnds.RightsTaken, by, cancellation);
        var now = clock.GetUtcNow();
        foreach (var gone in await HeldAsync(database, account.Id, r => r.Source == RoleSources.Sso && r.Meets(now, null, now), cancellation))
            if (await roles.EndAsync(database, gone, by, cancellation) == RoleEndRefusal.LastAdministrator)
                await audit.AppendAsync(database, AuditActions.RoleEnded, account.UserName!, AuditOutcome.Refused,
                    after: new() { ["role"] = gone.Role, ["why"] = SsoRefusals.LastAdministrator }, by: by, cancellation: cancellation);
    }

    /// <summary>Locks it, so that two sign-ins of one person follow one another.</summary>
    private async Task<UserAccount?> FindAsync(NpgsqlTransaction database, SsoPerson person, CancellationToken cancellation)
    {
        await using var look = new NpgsqlCommand(Whose, database.Connection, database) { Parameters = { new() { Value = person.Issuer }, new() { Value = person.Subject } } };
        if (await look.ExecuteScalarAsync(cancellation) is string seen) await Administrators.TakeTurnAsync(database, seen, cancellation);
        return await LockAsync(database, person.Issuer, person.Subject, cancellation) is { } id ? await accounts.FindByIdAsync(id) : null;
    }

    /// <summary>
    /// The account's id, its row locked until the transaction ends; null when the person has none, and none is made meanwhile. What
    /// a sign-in of the person begins is committed before, or begins after.
    /// </summary>
    internal static async Task<string?> LockAsync(NpgsqlTransaction transaction, string issuer, string subject, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand(Whose + " for update of a", transaction.Connection, transaction) { Parameters = { new() { Value = issuer }, new() { Value = subject } } };
        if (await find.ExecuteScalarAsync(cancellation) is string id) return id;
        await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock({LockNumber})", transaction.Connection, transaction);
        await hold.ExecuteNonQueryAsync(cancellation);
        return await find.ExecuteScalarAsync(cancellation) as string;
    }

    private async Task<UserAccount> MakeAsync(NpgsqlTransaction database, SsoPerson person, string agency, AuditActor by, CancellationToken cancellation)
    {
        var name = "";
        foreach (var candidate in SsoUserName.Candidates(person.UserName))
        {
            name = candidate;
            if (await accounts.FindByNameAsync(candidate) is null) break;
        }

        var account = new UserAccount { UserName = name, FullName = person.FullName, Agency = agency, LockoutEnabled = true, OpenedAt = clock.GetUtcNow() };
        Must(await accounts.CreateAsync(account));
        Must(await accounts.AddLoginAsync(account, new(person.Issuer, person.Subject, null)));
        await audit.AppendAsync(database, AuditActions.AccountSet, name, AuditOutcome.Done,
            after: new() { ["agency"] = agency, ["name"] = person.FullName, ["source"] = RoleSources.Sso, ["issuer"] = person.Issuer, ["sub"] = person.Subject }, by: by, cancellation: cancellation);
        return account;
    }

    private async Task<UserAccount> FollowAsync(NpgsqlTransaction database, SsoPerson person, UserAccount account, string agency, AuditActor by, CancellationToken cancellation)
    {
        var fullName = person.FullName.Length > 0 ? person.FullName : account.FullName;
        if (account.Agency == agency && account.FullName == fullName) return account;
        var before = new JsonObject { ["agency"] = account.Agency, ["name"] = account.FullName };
        (account.Agency, account.FullName) = (agency, fullName);
        Must(await accounts.UpdateAsync(account));
        await audit.AppendAsync(database, AuditActions.AccountSet, account.UserName!, AuditOutcome.Done, before,
            new() { ["agency"] = agency, ["name"] = fullName, ["source"] = RoleSources.Sso }, by, cancellation);
        return account;
    }

    private async Task<string?> AlignRolesAsync(NpgsqlTransaction database, string account, SsoPerson person, SsoRights rights, AuditActor by, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var gone in await HeldAsync(database, account, r => r.Source == RoleSources.Sso && r.Meets(now, null, now) && !rights.Roles.Contains(r.Role), cancellation))
            if (await roles.EndAsync(database, gone, by, cancellation) == RoleEndRefusal.LastAdministrator) return SsoRefusals.LastAdministrator;
        foreach (var role in rights.Roles)
        {
            var reason = string.Join(", ", settings.Groups.Where(g => g.Role == role && person.Groups.Contains(g.Group)).Select(g => g.Group).Distinct(StringComparer.Ordinal));
            if (await roles.GrantAsync(database, account, role, null, null, RoleSources.Sso, reason, by, cancellation) == RoleRefusal.Excluded) return SsoRefusals.Excluded;
        }

        var after = clock.GetUtcNow();
        return (await HeldAsync(database, account, r => r.IsValidAt(after), cancellation)).Count == 0 ? SsoRefusals.NoRole : null;
    }

    private static async Task<List<RoleAssignment>> HeldAsync(NpgsqlTransaction database, string account, Func<RoleAssignment, bool> which, CancellationToken cancellation) =>
        [.. (await RoleAssignments.OfAsync(database.Connection!, database, account, cancellation)).Where(which)];

    private static void Must(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
    }
}
