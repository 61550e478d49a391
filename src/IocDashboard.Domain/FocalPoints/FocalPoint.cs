namespace IocDashboard.Domain.FocalPoints;

/// <summary>The principal is whom the centre turns to; a deputy stands in for them.</summary>
public enum FocalPointKind { Principal, Deputy }

/// <summary>Who it is and how they are reached. All four are required, and public (Decree 47/2020, article 7).</summary>
public sealed record Contact(string Name, string Position, string Phone, string Email);

/// <summary>Days as the province counts them; <see cref="Until"/> is the first day that no longer counts, null while none is set.</summary>
public readonly record struct Validity(DateOnly From, DateOnly? Until)
{
    /// <summary>It was taken back before it began: it never held.</summary>
    public bool IsEmpty => Until <= From;

    public bool Covers(DateOnly day) => From <= day && (Until is null || day < Until);

    public bool Overlaps(Validity other) =>
        !IsEmpty && !other.IsEmpty && (other.Until is null || From < other.Until) && (Until is null || other.From < Until);
}

/// <summary>Who did it and when (UTC).</summary>
public sealed record Deed(string By, DateTimeOffset At);

/// <summary>
/// The officer whom an agency has named to the centre and to the PPC Office (đầu mối; article 9.3a of the regulation). Never
/// deleted: it is ended, or succeeded by another.
/// </summary>
/// <param name="Agency">Code in the agency register.</param>
/// <param name="Ended">Set as soon as an end was decided, also one that is still to come; null when the end was known from the start.</param>
/// <param name="SucceededBy">The focal point of the same kind that replaced this one.</param>
public sealed record FocalPoint(
    Guid Id, string Agency, FocalPointKind Kind, Contact Contact, Validity Validity, Deed Recorded, Deed? Ended = null, Guid? SucceededBy = null)
{
    public bool IsValidOn(DateOnly day) => Validity.Covers(day);
}
