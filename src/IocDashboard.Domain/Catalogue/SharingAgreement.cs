namespace IocDashboard.Domain.Catalogue;

/// <summary>
/// What two agencies agreed in writing (article 2, Decree 47/2020 articles 36–38): from an instant on the reader sees an
/// indicator of class <c>specific</c>. It is never deleted, only ended. Instants are UTC.
/// </summary>
/// <param name="Reader">Code of the agency that may read.</param>
/// <param name="ValidTo">First instant at which it no longer holds; null: until it is ended.</param>
/// <param name="Document">Number and date of the document.</param>
/// <param name="EndedAt">First instant at which it was ended before its time.</param>
public sealed record SharingAgreement(
    Guid Id, string Indicator, string Reader, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo, string Document,
    string RecordedBy, DateTimeOffset RecordedAt, string? EndedBy, DateTimeOffset? EndedAt)
{
    /// <summary>First instant at which it holds no more, for whichever reason; null when there is none yet.</summary>
    public DateTimeOffset? Until => EndedAt is null || EndedAt >= ValidTo ? ValidTo : EndedAt;

    public bool HoldsAt(DateTimeOffset at) => at >= ValidFrom && !(at >= Until);

    /// <summary>Whether both open the same to the same reader at some instant.</summary>
    public bool Meets(string indicator, string reader, DateTimeOffset from, DateTimeOffset? to) =>
        (Indicator, Reader) == (indicator, reader) && !(Until <= ValidFrom) && !(Until <= from) && !(to <= ValidFrom);
}
