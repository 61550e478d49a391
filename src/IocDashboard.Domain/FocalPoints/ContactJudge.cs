using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace IocDashboard.Domain.FocalPoints;

/// <summary>Whether a contact is complete and can be used: a number that can be dialled, an address that can be written to.</summary>
public static class ContactJudge
{
    public const int MostCharacters = 120, MostOfEmail = 254;

    // E.164 has at most 15 digits; the shortest numbers here are landlines without their area code.
    private const int LeastDigits = 7, MostDigits = 15;

    private const string BesideDigits = " .-()+";

    /// <summary>The contact, trimmed and composed; to be used when nothing is wrong.</summary>
    public static (Contact Contact, ImmutableArray<FieldError> Errors) Judge(string? name, string? position, string? phone, string? email)
    {
        var errors = ImmutableArray.CreateBuilder<FieldError>();
        var contact = new Contact(
            Text(FocalPointFields.Name, name, MostCharacters, errors), Text(FocalPointFields.Position, position, MostCharacters, errors),
            Text(FocalPointFields.Phone, phone, MostCharacters, errors), Text(FocalPointFields.Email, email, MostOfEmail, errors));
        if (contact.Phone.Length > 0 && !IsPhone(contact.Phone)) errors.Add(FieldError.At(FocalPointFields.Phone, FocalPointCodes.BadPhone));
        if (contact.Email.Length > 0 && !IsEmail(contact.Email)) errors.Add(FieldError.At(FocalPointFields.Email, FocalPointCodes.BadEmail));
        return (contact, errors.ToImmutable());
    }

    // Empty when something is wrong, so that nothing further is said of it.
    private static string Text(string field, string? given, int most, ImmutableArray<FieldError>.Builder errors)
    {
        var text = given?.Trim() ?? "";
        if (text.Length == 0) errors.Add(FieldError.At(field, FocalPointCodes.Required));
        else if (text.Length > most) errors.Add(FieldError.At(field, FocalPointCodes.TooLong, most.ToString(CultureInfo.InvariantCulture)));
        // Half a surrogate pair reads as the replacement character; neither it nor a control character can be kept or shown.
        else if (text.EnumerateRunes().Any(r => Rune.IsControl(r) || r == Rune.ReplacementChar || r.Value == 0xFFFE)) errors.Add(FieldError.At(field, FocalPointCodes.BadText));
        else return text.Normalize(NormalizationForm.FormC);
        return "";
    }

    private static bool IsPhone(string text) =>
        text.All(c => char.IsAsciiDigit(c) || BesideDigits.Contains(c, StringComparison.Ordinal))
        && text.LastIndexOf('+') <= 0
        && text.Count(char.IsAsciiDigit) is >= LeastDigits and <= MostDigits;

    // Only what no address lacks: the one proof of an address is a letter that arrives.
    private static bool IsEmail(string text) =>
        text.Split('@') is [{ Length: > 0 }, var domain]
        && !text.Any(char.IsWhiteSpace)
        && domain.Split('.') is { Length: > 1 } labels && labels.All(l => l.Length > 0);
}
