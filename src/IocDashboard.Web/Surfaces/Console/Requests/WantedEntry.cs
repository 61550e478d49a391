using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;

namespace IocDashboard.Web.Surfaces.Console.Requests;

/// <summary>One question while it is being put together.</summary>
public sealed class WantedEntry
{
    public QuestionKind Kind { get; set; } = QuestionKind.Figure;
    public string? Text { get; set; }
    public string? Unit { get; set; }
    public string? Decimals { get; set; } = "0";
    public bool Required { get; set; } = true;

    /// <summary>Its unit, decimals and range then are the question's.</summary>
    public Indicator? Indicator { get; private set; }

    /// <summary>What is looked for among the indicators.</summary>
    public string Search { get; set; } = "";

    public void Choose(Indicator? indicator)
    {
        // The name that was filled in goes with the indicator; what somebody wrote stays.
        if (Indicator is { } before && Text == before.Name.Vi) Text = null;
        (Indicator, Search) = (indicator, "");
        if (indicator is not null && string.IsNullOrWhiteSpace(Text)) Text = indicator.Name.Vi;
    }

    public WantedQuestion ToQuestion() => new(
        Kind, Text, Required, Unit, int.TryParse(Decimals, NumberStyles.None, CultureInfo.InvariantCulture, out var decimals) ? decimals : -1,
        Kind == QuestionKind.Figure ? Indicator?.Code : null, null, null, null);
}
