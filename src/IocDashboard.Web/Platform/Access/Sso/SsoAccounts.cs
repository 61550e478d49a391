using System.Text.Json.Nodes;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>
/// Makes the account of a person of the provider at the first sign-in, and brings agency and roles in line at each next one.
/// One transaction with its entries on the audit trail: a refusal has changed nothing. Roles given here are left alone.
/// </summary>
public sealed class SsoAccounts(
    AccountsContext context, AccountManager accounts, RoleAssignments roles, SessionRegister sessions, CatalogueCache catalogue, SsoSettings settings, AuditTrail audit,
    TimeProvider clock)
{
    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_53534F;

    /// <param name="by">Who gives and takes the roles: the provider, by way of this request.</param>
    /// <returns>The account, also of a refusal where there is one, and one of <see cref="SsoRefusals"/>.</returns>
    public async Task<(UserAccount? Account, string? Refusal)> AlignAsync(SsoPerson person, AuditActor by, CancellationToken cancellation)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellation);
        var database = (NpgsqlTransaction)transaction.GetDbTransaction();
        var account = await FindAsync(database, person, cancellation);
        var refusal = account is { ClosedAt: not null } ? SsoRefusals.Closed : null;
        if (refusal is null) (account, refusal) = await AlignAsync(database, person, account, by, cancellation);
        if (refusal is not null)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            context.ChangeTracker.Clear();
            return (account, refusal);
        }

        await transaction.CommitAsync(CancellationToken.None);
        sessions.Forget(account!.Id);
        return (account, null);
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
        return (known is null ? null : account, await AlignRolesAsync(database, account.Id, person, rights, by, cancellation)) switch
        {
            (_, null) => (account, null),
            var refused => refused,
        };
    }

    /// <summary>Locks it, so that two sign-ins of one person follow one another.</summary>
    private async Task<UserAccount?> FindAsync(NpgsqlTransaction database, SsoPerson person, CancellationToken cancellation)
    {
        await using var find = new NpgsqlCommand("""
            select a."Id" from identity.account_login l join identity.account a on a."Id" = l."UserId"
            where l."LoginProvider" = $1 and l."ProviderKey" = $2 for update of a
            """, database.Connection, database) { Parameters = { new() { Value = person.Issuer }, new() { Value = person.Subject } } };
        if (await find.ExecuteScalarAsync(cancellation) is string id) return await accounts.FindByIdAsync(id);
        await using var hold = new NpgsqlCommand($"select pg_advisory_xact_lock({LockNumber})", database.Connection, database);
        await hold.ExecuteNonQueryAsync(cancellation);
        return await find.ExecuteScalarAsync(cancellation) is string made ? await accounts.FindByIdAsync(made) : null;
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
        foreach (var gone in await HeldAsync(r => r.Source == RoleSources.Sso && r.Meets(now, null, now) && !rights.Roles.Contains(r.Role)))
            await roles.EndAsync(database, gone, by, cancellation);
        foreach (var role in rights.Roles)
        {
            var reason = string.Join(", ", settings.Groups.Where(g => g.Role == role && person.Groups.Contains(g.Group)).Select(g => g.Group).Distinct(StringComparer.Ordinal));
            if (await roles.GrantAsync(database, account, role, null, null, RoleSources.Sso, reason, by, cancellation) == RoleRefusal.Excluded) return SsoRefusals.Excluded;
        }

        var after = clock.GetUtcNow();
        return (await HeldAsync(r => r.IsValidAt(after))).Count == 0 ? SsoRefusals.NoRole : null;

        async Task<List<RoleAssignment>> HeldAsync(Func<RoleAssignment, bool> which) =>
            [.. (await RoleAssignments.OfAsync(database.Connection!, database, account, cancellation)).Where(which)];
    }

    private static void Must(IdentityResult result)
    {
        if (!result.Succeeded) throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Description)));
    }
}
