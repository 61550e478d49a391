using System.Text.Json.Serialization;

namespace IocDashboard.Domain.Catalogue;

// Article 9.1c: only the Chairman's recorded decision adds an indicator to the output set, so each event names its decision.

/// <summary>Who decided, by which document, and when it was recorded (UTC).</summary>
public sealed record Decision(string Authority, string Document, string By, DateTimeOffset At)
{
    /// <summary>Of a decision recorded under article 9.1c; null for what an import names by its document alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SignedPaper? Paper { get; init; }

    /// <summary>First day, in the province's zone, on which what was decided holds; null with <see cref="Paper"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? EffectiveFrom { get; init; }
}

/// <summary>The Chairman's paper: <c>3579/QĐ-UBND</c>, the day on which it was signed, and by whom.</summary>
public sealed record SignedPaper(string Number, DateOnly SignedOn, string Signer);

public sealed record IndicatorAdded(Indicator Indicator, Decision Decision);

public sealed record IndicatorRevised(Indicator Indicator, Decision Decision);

/// <summary>Out of the set: nothing is owed for it any more, what was reported stays. <see cref="Catalogue.Indicator.RetiredFrom"/> says since when.</summary>
public sealed record IndicatorRetired(Indicator Indicator, Decision Decision);

public sealed record AgencyRegistered(Agency Agency, Decision Decision);

public sealed record AgencyRevised(Agency Agency, Decision Decision);

public sealed record FormAssigned(Form Form, Decision Decision);

public sealed record FormRevised(Form Form, Decision Decision);

public sealed record FeedRegistered(Feed Feed, Decision Decision);

public sealed record FeedRevised(Feed Feed, Decision Decision);
