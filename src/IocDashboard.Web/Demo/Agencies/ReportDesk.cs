using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Demo.History;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Demo.Agencies;

/// <summary>
/// Where the simulated agencies write their reports: most before the deadline, some after it, a few only when they are long
/// overdue; and now and then one corrects a figure of a report that it sent before. <paramref name="stage"/> ends when they start.
/// </summary>
internal sealed class ReportDesk(Stage stage, AgencySystem system, TimeProvider clock)
{
    private static readonly TimeSpan BetweenReports = TimeSpan.FromSeconds(6), BetweenLooks = TimeSpan.FromSeconds(30), BetweenRevisions = TimeSpan.FromSeconds(75);

    // Older obligations belong to history; whoever never sent them then does not now.
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(400);

    // What the simulation sent, live or as history: it never overwrites what somebody else sent with the same token.
    private static readonly string[] OwnMessages = [MessagePrefix, ReportLife.MessagePrefix];

    private const string MessagePrefix = "simulated-";

    private DateTimeOffset _revisedAt;

    public async Task RunAsync(CancellationToken cancellation)
    {
        _revisedAt = clock.GetUtcNow();
        var failures = 0;
        while (true)
        {
            await Task.Delay(BetweenLooks * Math.Pow(2, failures), clock, cancellation);
            failures = await WorkAsync(cancellation) ? 0 : Math.Min(failures + 1, 4);
        }
    }

    /// <returns>False when the centre does not take reports just now.</returns>
    private async Task<bool> WorkAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var from = stage.Time.DayOf(now - LooksBack);
        foreach (var state in new[] { "overdue", "dueSoon", "open" })
        {
            if (await system.OwedAsync(state, from, cancellation) is not { } owed) return false;
            foreach (var item in owed)
            {
                if (!stage.Catalogue.Forms.TryGetValue(item.Form, out var form) || SendsAt(form, item) > clock.GetUtcNow()) continue;
                if (!await SendAsync(form, ReportingPeriod.Parse(item.Period), 1, cancellation)) return false;
                await Task.Delay(BetweenReports, clock, cancellation);
            }
        }

        if (clock.GetUtcNow() - _revisedAt < BetweenRevisions) return true;
        _revisedAt = clock.GetUtcNow();
        return await ReviseAsync(cancellation);
    }

    /// <summary>When its agency gets round to it.</summary>
    internal DateTimeOffset SendsAt(Form form, OwedItem item)
    {
        var seed = Noise.Seed(form.Code, item.Period);
        var delay = Habits.LongestDelay(form.Rhythm);
        if (Noise.Uniform(seed, 20) < 0.02) return item.DueAt + (delay * 3);
        // What was overdue before the agencies started comes in little by little, and some of it not at all.
        if (item.DueAt < stage.Now)
            return stage.Now + (Noise.Uniform(seed, 23) < 0.35 ? TimeSpan.FromDays(4) : TimeSpan.FromMinutes(8 + (600 * Noise.Uniform(seed, 24))));
        if (Noise.Uniform(seed, 1) > Habits.Reliability(form.Agency) || item.State == "overdue")
            return item.DueAt + TimeSpan.FromMinutes(4) + (delay * Math.Pow(Noise.Uniform(seed, 21), 2));

        var (_, last) = DeadlineRule.Parse(stage.Catalogue.Indicators[form.Indicators[0].Code].DeadlineRule).Covers(ReportingPeriod.Parse(item.Period));
        var ended = stage.Time.StartOf(last.AddDays(1));
        var earliest = ended < item.DueAt ? ended : item.DueAt.AddDays(-4);
        // Spread over all the time that there is, so that at any hour somebody reports.
        return earliest + ((item.DueAt - earliest) * (0.04 + (0.9 * Noise.Uniform(seed, 22))));
    }

    private async Task<bool> ReviseAsync(CancellationToken cancellation)
    {
        var forms = stage.Catalogue.FormList.Where(f => f.Rhythm is Rhythm.Daily or Rhythm.Weekly or Rhythm.Monthly).ToList();
        if (forms.Count == 0) return true;
        var form = forms[Random.Shared.Next(forms.Count)];
        var from = stage.Time.DayOf(clock.GetUtcNow()).AddDays(form.Rhythm switch { Rhythm.Daily => -5, Rhythm.Weekly => -21, _ => -75 });
        foreach (var state in new[] { "verified", "submitted", "returned" })
        {
            if (await system.OwedAsync($"{state}&form={form.Code}", from, cancellation) is not { } sent) return false;
            if (sent.Count == 0) continue;
            return await SendAsync(form, ReportingPeriod.Parse(sent[Random.Shared.Next(sent.Count)].Period), 2 + Random.Shared.Next(3), cancellation);
        }

        return true;
    }

    private async Task<bool> SendAsync(Form form, ReportingPeriod period, int revision, CancellationToken cancellation)
    {
        if (await system.MessagesOfAsync(form.Code, form.Agency, period.ToString(), cancellation) is not { } messages) return false;
        if (messages.Any(m => !OwnMessages.Any(own => m.StartsWith(own, StringComparison.Ordinal)))) return true;

        var values = ReportValues.Draw(stage, form, period, revision).Select(v => new JsonObject
        {
            ["indicator"] = v.Indicator,
            ["area"] = v.Area,
            ["value"] = v.Value,
            ["status"] = JsonNamingPolicy.CamelCase.ConvertName(v.Status.ToString()),
            ["note"] = v.Note,
        });
        var status = await system.SubmitAsync(form.Agency, new JsonObject
        {
            ["messageId"] = MessagePrefix + Guid.CreateVersion7(clock.GetUtcNow()),
            ["form"] = form.Code,
            ["agency"] = form.Agency,
            ["period"] = period.ToString(),
            ["complete"] = true,
            ["values"] = new JsonArray([.. values]),
        }, cancellation);

        // A refusal of this one report must not keep the others back.
        return status is { } code && (int)code is < 429;
    }
}
