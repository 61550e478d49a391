using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Surfaces.Account.SignIn;

/// <summary>Puts sign-ins and refused ones on the audit trail.</summary>
internal static class SignInRecord
{
    /// <summary>A name that no account has is not kept: people type their password into the wrong field.</summary>
    /// <param name="method">One of <see cref="SignInMethods"/>.</param>
    /// <param name="failed">What was wrong where the account itself was in order.</param>
    public static Task RecordSignInAsync(this AuditTrail audit, HttpContext http, UserAccount? account, SignInResult result, string method, string failed) => audit.RecordAsync(
        AuditActions.SignIn, account?.UserName ?? "?", result.Succeeded ? AuditOutcome.Done : AuditOutcome.Refused,
        after: result.Succeeded ? new() { ["method"] = method } : new() { ["why"] = Why(account, result, failed) },
        by: AuditActor.Of(http) with { Kind = result.Succeeded ? AuditActor.Person : AuditActor.Nobody, Name = result.Succeeded ? account!.UserName! : "", Agency = result.Succeeded ? account!.Agency : null });

    /// <summary>The right password of an account whose second factor is asked for now.</summary>
    public static Task RecordSecondStepAsync(this AuditTrail audit, HttpContext http, UserAccount account) => audit.RecordAsync(
        AuditActions.SecondStepBegun, account.UserName!, AuditOutcome.Done, by: AuditActor.Of(http) with { Kind = AuditActor.Nobody, Name = "", Agency = null });

    private static string Why(UserAccount? account, SignInResult result, string failed) =>
        account is null ? "unknown"
        : result == FirstStep.UnderWay ? "too-fast"
        : result == AccountSignIn.SecondFactorFirst ? "second-factor-needed"
        : result.IsNotAllowed ? "closed"
        : result.IsLockedOut ? "locked"
        : failed;
}
