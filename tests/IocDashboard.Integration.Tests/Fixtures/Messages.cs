using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Tests.Fixtures;

/// <summary>Complete and valid messages for a catalogue.</summary>
public static class Messages
{
    public static JsonObject Submission(CatalogueSnapshot catalogue, Form form, string period, decimal shift = 0) => new()
    {
        ["messageId"] = Guid.CreateVersion7().ToString(),
        ["form"] = form.Code,
        ["agency"] = form.Agency,
        ["period"] = period,
        ["complete"] = true,
        ["values"] = new JsonArray([.. form.Indicators.SelectMany(i => i.Areas, (i, area) => new JsonObject
        {
            ["indicator"] = i.Code, ["area"] = area, ["value"] = Plausible(catalogue, i.Code, shift), ["status"] = "provisional",
        })]),
    };

    public static JsonObject Measurement(CatalogueSnapshot catalogue, Feed feed, int cell, DateTimeOffset at, decimal shift = 0)
    {
        var (indicator, area) = feed.Indicators.SelectMany(i => i.Areas, (i, area) => (i.Code, area)).ElementAt(cell);
        return new() { ["indicator"] = indicator, ["area"] = area, ["at"] = at, ["value"] = Plausible(catalogue, indicator, shift) };
    }

    /// <summary>The middle of the plausible range, moved by so many units of the last decimal.</summary>
    public static decimal Plausible(CatalogueSnapshot catalogue, string indicator, decimal shift = 0)
    {
        var of = catalogue.Indicators[indicator];
        var unit = 1m;
        for (var i = 0; i < of.Decimals; i++) unit /= 10;
        return decimal.Round((of.PlausibleMin + of.PlausibleMax) / 2, of.Decimals) + (shift * unit);
    }
}
