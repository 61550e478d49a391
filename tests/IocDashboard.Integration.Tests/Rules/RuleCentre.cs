using System.Collections.Immutable;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Rules;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Rules;

/// <summary>Proposes and switches rules as the console does, and writes messages for them.</summary>
internal static class RuleCentre
{
    public static readonly AuditActor Steward = new(AuditActor.Person, "dau.moi", "SKHDT", null, null);

    private static readonly Sight Seen = Sight.Of(Steward.Agency, [], default);

    public static JudgementRule Rule(
        string code, RuleKind kind, RuleEffect effect, string form, ImmutableArray<string> indicators, RuleLimits limits, ImmutableArray<string>? against = null, ImmutableArray<string>? areas = null) =>
        new(code, kind, effect, form, indicators, areas ?? [], against ?? [], limits, new("Đề nghị kiểm tra lại", "Please look again"));

    public static async Task<RuleOutcome> ProposeAsync(this IocHost host, JudgementRule rule, string reason = "Thử nghiệm") =>
        await host.Services.GetRequiredService<ProposeRuleHandler>().Handle(new(rule, reason, Seen, Steward), CancellationToken.None);

    public static async Task<RuleOutcome> SwitchOnAsync(this IocHost host, string code, DateTimeOffset? from = null, string reason = "Đã thử") =>
        await host.Services.GetRequiredService<SwitchRuleOnHandler>().Handle(new(code, from, reason, Steward), CancellationToken.None);

    public static async Task<RuleOutcome> SwitchOffAsync(this IocHost host, string code, string reason = "Không cần nữa") =>
        await host.Services.GetRequiredService<SwitchRuleOffHandler>().Handle(new(code, reason, Steward), CancellationToken.None);

    public static async Task OnAsync(this IocHost host, JudgementRule rule, DateTimeOffset? from = null)
    {
        (await host.ProposeAsync(rule)).Refusal.ShouldBeNull();
        (await host.SwitchOnAsync(rule.Code, from)).Refusal.ShouldBeNull();
    }

    public static Task<RuleTrial?> TryAsync(this IocHost host, string code) => host.Services.GetRequiredService<TryRule>().Handle(code, Seen, CancellationToken.None);

    /// <summary>Whether it is in the book or not.</summary>
    public static Task<RuleTrial?> TryAsync(this IocHost host, JudgementRule rule, Sight? sight = null) =>
        host.Services.GetRequiredService<TryRule>().Handle(rule, sight ?? Seen, CancellationToken.None);

    /// <summary>The value of a cell, to be changed.</summary>
    public static JsonNode Cell(this JsonNode message, string indicator, string area = Area.ProvinceCode) =>
        message["values"]!.AsArray().Single(v => (string?)v!["indicator"] == indicator && (string?)v["area"] == area)!;

    public static int PositionOf(this JsonNode message, string indicator, string area = Area.ProvinceCode) => message["values"]!.AsArray().IndexOf(message.Cell(indicator, area));

    public static JsonNode Again(this JsonNode message, bool complete = true)
    {
        var again = message.DeepClone();
        again["messageId"] = Guid.CreateVersion7().ToString();
        again["complete"] = complete;
        return again;
    }

    /// <summary>A draft of these cells alone.</summary>
    public static JsonNode Only(this JsonNode message, params (string Indicator, decimal Value)[] cells)
    {
        var draft = message.Again(complete: false);
        draft["values"] = new JsonArray([.. cells.Select(c => new JsonObject { ["indicator"] = c.Indicator, ["area"] = Area.ProvinceCode, ["value"] = c.Value, ["status"] = "final" })]);
        return draft;
    }

    public static IReadOnlyList<string> Warnings(this Answer answer) => [.. answer.Json["warnings"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}")];
}
