using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Features.People;

/// <summary>What was filled in; instants are UTC, of a role that ends: the first that no longer counts.</summary>
public sealed record NewPerson(string? UserName, string? FullName, string? Agency, string? Role, DateTimeOffset? From, DateTimeOffset? To, string? Reason);

/// <summary>The fields that an error belongs to.</summary>
public static class PersonFields
{
    public const string UserName = "userName", FullName = "fullName", Agency = "agency", Role = "role", From = "from", To = "to", Reason = "reason";
}

/// <summary>Why a field was refused. The words for people are among the console's texts, <c>People.Error.…</c>.</summary>
public enum PersonErrorCode { Required, TooLong, BadUserName, Taken, UnknownAgency, UnknownRole, NoDay, EndsBeforeItBegins, Excluded, AlreadyHeld, Unforeseen }

/// <param name="Field">One of <see cref="PersonFields"/>.</param>
public sealed record PersonError(string Field, PersonErrorCode Code);

/// <summary>The initial password, which is kept nowhere; or what is wrong, and nothing was made.</summary>
public sealed record PersonAdded(string? Password, IReadOnlyList<PersonError> Errors);

/// <summary>Makes an account with one role and an initial password.</summary>
public sealed class AddPerson(IServiceScopeFactory scopes, CatalogueCache catalogue)
{
    public const int ReasonLength = 400;

    private const int UserNameLength = 64;

    public async Task<PersonAdded> Handle(NewPerson person, AuditActor by)
    {
        var errors = Judge(person);
        if (errors.Count > 0) return new(null, errors);
        await using var scope = scopes.CreateAsyncScope();
        var password = UserCommands.NewPassword();
        var refused = await scope.ServiceProvider.GetRequiredService<Accounts>().AddAsync(
            new() { UserName = person.UserName!.Trim(), FullName = person.FullName!.Trim(), Agency = person.Agency! }, password,
            new(person.Role!, person.From, person.To, person.Reason?.Trim() ?? ""), by);
        return refused.Count > 0 ? new(null, [.. refused.Select(Of).Distinct()]) : new(password, []);
    }

    private List<PersonError> Judge(NewPerson person)
    {
        var errors = new List<PersonError>();
        Check(person.UserName, PersonFields.UserName, UserNameLength);
        Check(person.FullName, PersonFields.FullName, UserAccount.FullNameLength);
        if (string.IsNullOrEmpty(person.Agency)) errors.Add(new(PersonFields.Agency, PersonErrorCode.Required));
        else if (!catalogue.Current.Agencies.ContainsKey(person.Agency)) errors.Add(new(PersonFields.Agency, PersonErrorCode.UnknownAgency));
        if (string.IsNullOrEmpty(person.Role)) errors.Add(new(PersonFields.Role, PersonErrorCode.Required));
        if (person.Reason?.Trim().Length > ReasonLength) errors.Add(new(PersonFields.Reason, PersonErrorCode.TooLong));
        return errors;

        void Check(string? text, string field, int most)
        {
            if (string.IsNullOrWhiteSpace(text)) errors.Add(new(field, PersonErrorCode.Required));
            else if (text.Trim().Length > most) errors.Add(new(field, PersonErrorCode.TooLong));
        }
    }

    private static PersonError Of(IdentityError error) => error.Code switch
    {
        nameof(IdentityErrorDescriber.DuplicateUserName) => new(PersonFields.UserName, PersonErrorCode.Taken),
        nameof(IdentityErrorDescriber.InvalidUserName) => new(PersonFields.UserName, PersonErrorCode.BadUserName),
        nameof(RoleRefusal.UnknownRole) => new(PersonFields.Role, PersonErrorCode.UnknownRole),
        nameof(RoleRefusal.EndsBeforeItBegins) => new(PersonFields.To, PersonErrorCode.EndsBeforeItBegins),
        _ => new(PersonFields.UserName, PersonErrorCode.Unforeseen),
    };
}
