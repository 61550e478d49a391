using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Surfaces.Console.View;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>The days that a role is given for, as they are typed: the first, and the last that counts, in the province's zone.</summary>
public static class RoleDays
{
    /// <returns>Instants in UTC (null: not given), or what is wrong with a field.</returns>
    public static (DateTimeOffset? From, DateTimeOffset? To, IReadOnlyList<PersonError> Errors) Read(string? first, string? last, ProvinceTime time)
    {
        var errors = new List<PersonError>();
        var (from, to) = (Day(first, PersonFields.From), Day(last, PersonFields.To));
        return (from is { } f ? time.StartOf(f) : null, to is { } t ? time.StartOf(t.AddDays(1)) : null, errors);

        DateOnly? Day(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            // A last day of 31/12/9999 has no next.
            if (DayText.Read(text) is { Year: > 2000 and < 9999 } day) return day;
            errors.Add(new(field, PersonErrorCode.NoDay));
            return null;
        }
    }
}
