using System.Collections.Immutable;

namespace IocDashboard.Domain.Catalogue;

/// <summary>
/// What one agency may see at an instant: every indicator of class <c>default</c>, and of class <c>specific</c> those that it
/// answers for and those that an agreement lets it read. Nobody is exempt: whoever runs the centre reads by an agreement too.
/// </summary>
public sealed class Sight
{
    /// <summary>Of whoever belongs to no agency: nothing specific.</summary>
    public static readonly Sight OfNobody = new(null, []);

    // Made for each look and asked a few times: quick to make counts.
    private readonly HashSet<string> _agreed;

    private Sight(string? agency, IEnumerable<string> agreed)
    {
        Agency = agency;
        _agreed = agreed.ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Code of the agency that reads; null when there is none.</summary>
    public string? Agency { get; }

    public static Sight Of(string? agency, IEnumerable<SharingAgreement> agreements, DateTimeOffset at) => string.IsNullOrEmpty(agency)
        ? OfNobody
        : new(agency, agreements.Where(a => a.Reader == agency && a.HoldsAt(at)).Select(a => a.Indicator));

    public bool Sees(Indicator indicator) => indicator.Sharing == SharingClass.Default || Owns(indicator.Agency) || _agreed.Contains(indicator.Code);

    /// <summary>Sees it only because another agency agreed: such a reading is put on the audit trail.</summary>
    public bool IsGuestOf(Indicator indicator) => indicator.Sharing == SharingClass.Specific && !Owns(indicator.Agency) && _agreed.Contains(indicator.Code);

    public bool Owns(string agency) => Agency is not null && Agency == agency;

    /// <summary>The same without the agreements on these: for who may see them, but must not yet.</summary>
    public Sight Without(IEnumerable<Indicator> indicators) => new(Agency, _agreed.Except(indicators.Select(i => i.Code), StringComparer.Ordinal));

    /// <summary>What is hidden from it, in the order given. Readers from whom the same is hidden see the same.</summary>
    public ImmutableArray<string> HiddenOf(IEnumerable<Indicator> indicators) => [.. indicators.Where(i => !Sees(i)).Select(i => i.Code)];
}
