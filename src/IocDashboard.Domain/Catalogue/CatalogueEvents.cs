namespace IocDashboard.Domain.Catalogue;

// Article 9.1c: only the Chairman's recorded decision adds an indicator to the output set, so each event names its decision.

/// <summary>Who decided, by which document, and when it was recorded (UTC).</summary>
public sealed record Decision(string Authority, string Document, string By, DateTimeOffset At);

public sealed record IndicatorAdded(Indicator Indicator, Decision Decision);

public sealed record IndicatorRevised(Indicator Indicator, Decision Decision);

public sealed record AgencyRegistered(Agency Agency, Decision Decision);

public sealed record AgencyRevised(Agency Agency, Decision Decision);

public sealed record FormAssigned(Form Form, Decision Decision);

public sealed record FormRevised(Form Form, Decision Decision);

public sealed record FeedRegistered(Feed Feed, Decision Decision);

public sealed record FeedRevised(Feed Feed, Decision Decision);
