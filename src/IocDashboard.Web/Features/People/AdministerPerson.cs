using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Features.People;

/// <summary>How it ended. The words for people are among the console's texts, <c>Person.Outcome.…</c>.</summary>
public enum PersonOutcome
{
    Done,
    UnknownAccount,

    /// <summary>Nobody does this to their own account.</summary>
    Own,

    /// <summary>Nobody would be left who gives rights.</summary>
    LastAdministrator,

    /// <summary>The person signs in by the single sign-on, and has no password here.</summary>
    BySso,

    /// <summary>Somebody else changed the account in the same moment.</summary>
    ChangedMeanwhile,

    /// <summary>It may or may not have been done: the answer is what was lost.</summary>
    DatabaseAway,

    NameMissing,
    NameTooLong,
    UnknownAgency,
    ReasonMissing,
    ReasonTooLong,
}

/// <summary>
/// What an administrator does to one person's account. Each time with a unit of work of its own: a page lives for hours and must
/// not write what it read in the morning.
/// </summary>
public sealed class AdministerPerson(IServiceScopeFactory scopes, CatalogueCache catalogue)
{
    public const int ReasonLength = AddPerson.ReasonLength;

    /// <summary>Null when there is none such.</summary>
    public async Task<UserAccount?> FindAsync(string userName)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(userName);
    }

    public async Task<PersonOutcome> DescribeAsync(string userName, string? fullName, string? agency, AuditActor by)
    {
        var name = fullName?.Trim() ?? "";
        if (name.Length == 0) return PersonOutcome.NameMissing;
        if (name.Length > UserAccount.FullNameLength) return PersonOutcome.NameTooLong;
        if (agency is null || !catalogue.Current.Agencies.ContainsKey(agency)) return PersonOutcome.UnknownAgency;
        return await DoAsync(userName, async (accounts, account) =>
        {
            if ((account.FullName, account.Agency) != (name, agency)) await accounts.DescribeAsync(account, name, agency, by);
            return PersonOutcome.Done;
        });
    }

    /// <returns>The new initial password, which is kept nowhere. One's own password is changed with the old one, on one's own page.</returns>
    public async Task<(PersonOutcome Outcome, string? Password)> ResetPasswordAsync(string userName, AuditActor by)
    {
        string? password = null;
        if (by.Is(userName)) return (PersonOutcome.Own, null);
        var outcome = await DoAsync(userName, async (accounts, account) =>
        {
            password = await accounts.ResetPasswordAsync(account, by);
            return password is null ? PersonOutcome.BySso : PersonOutcome.Done;
        });
        return (outcome, password);
    }

    /// <summary>For somebody who lost app, passkeys and recovery codes; one's own are changed on one's own page.</summary>
    public async Task<PersonOutcome> ResetSecondFactorAsync(string userName, AuditActor by) => by.Is(userName) ? PersonOutcome.Own : await DoAsync(userName, async (accounts, account) =>
    {
        await accounts.ResetSecondFactorAsync(account, by);
        return PersonOutcome.Done;
    });

    public Task<PersonOutcome> UnlockAsync(string userName, AuditActor by) => DoAsync(userName, async (accounts, account) =>
    {
        await accounts.UnlockAsync(account, by);
        return PersonOutcome.Done;
    });

    public async Task<PersonOutcome> CloseAsync(string userName, string? why, AuditActor by)
    {
        var reason = why?.Trim() ?? "";
        if (reason.Length == 0) return PersonOutcome.ReasonMissing;
        if (reason.Length > ReasonLength) return PersonOutcome.ReasonTooLong;
        return await DoAsync(userName, async (accounts, account) => await accounts.CloseAsync(account, reason, by) switch
        {
            CloseRefusal.Own => PersonOutcome.Own,
            CloseRefusal.LastAdministrator => PersonOutcome.LastAdministrator,
            _ => PersonOutcome.Done,
        });
    }

    public Task<PersonOutcome> OpenAsync(string userName, AuditActor by) => DoAsync(userName, async (accounts, account) =>
    {
        await accounts.OpenAsync(account, by);
        return PersonOutcome.Done;
    });

    private async Task<PersonOutcome> DoAsync(string userName, Func<Accounts, UserAccount, Task<PersonOutcome>> what)
    {
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            return await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(userName) is { } account
                ? await what(scope.ServiceProvider.GetRequiredService<Accounts>(), account)
                : PersonOutcome.UnknownAccount;
        }
        catch (AccountChangedException)
        {
            return PersonOutcome.ChangedMeanwhile;
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            return PersonOutcome.DatabaseAway;
        }
    }
}
