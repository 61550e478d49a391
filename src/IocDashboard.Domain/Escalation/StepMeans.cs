namespace IocDashboard.Domain.Escalation;

/// <summary>How a step tells beside the inbox, which always has it.</summary>
/// <param name="Texts">Null: the built-in words.</param>
public sealed record StepMeans(bool ByEmail, bool ByWebhook, StepTexts? Texts)
{
    public static readonly StepMeans Usual = new(ByEmail: true, ByWebhook: true, Texts: null);
}

/// <summary>A step's own words in both languages; the Vietnamese bind.</summary>
public sealed record StepTexts(StepText Vi, StepText En);

/// <summary>Subject and text with <see cref="Placeholders"/>.</summary>
public sealed record StepText(string Subject, string Body)
{
    public const int LongestSubject = 150, LongestBody = 2_000;
}
