namespace IocDashboard.Domain.Feeds;

/// <summary>
/// A source whose measurements count as verified by rule: somebody looked at the instrument and its line and answers for them
/// (article 11.2), so that nobody has to look at each of a thousand readings a day.
/// </summary>
public sealed record FeedTrust(string Feed, string By, DateTimeOffset Since, string Reason);
