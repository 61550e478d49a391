using System.Globalization;
using System.Net;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Reading;

/// <summary>What was revised since an instant: old, new, difference, reason and who.</summary>
public sealed class ChangeReadingTests(Centre centre)
{
    [Fact]
    public async Task Revision_IsTold_WithTheDifferenceAndItsReason()
    {
        var message = centre.NextMessage();
        var cell = message["values"]!.AsArray().First(v => centre.Catalogue.Indicators[(string)v!["indicator"]!].Sharing == SharingClass.Default)!;
        var (indicator, area) = ((string)cell["indicator"]!, (string)cell["area"]!);
        var old = (decimal)cell["value"]!;
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        message["messageId"] = Guid.CreateVersion7().ToString();
        message["reason"] = "Trạm báo nhầm";
        cell["value"] = centre.Plausible(indicator, 3);
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var since = Uri.EscapeDataString(Centre.Now.AddSeconds(-1).ToString("O", CultureInfo.InvariantCulture));

        var items = await centre.AllAsync($"changes?indicator={indicator}&since={since}");

        var item = items.Single(i => (string)i["area"]! == area && (string?)i["period"] == (string)message["period"]!);
        ((decimal)item["oldValue"]!, (decimal)item["newValue"]!, (decimal)item["difference"]!).ShouldBe((old, centre.Plausible(indicator, 3), centre.Plausible(indicator, 3) - old));
        ((string?)item["reason"], (string?)item["verification"], (int)item["revision"]!).ShouldBe(("Trạm báo nhầm", "unverified", 2));
        (await centre.AllAsync($"changes?indicator={indicator}&since={Uri.EscapeDataString(Centre.Now.AddYears(1).ToString("O", CultureInfo.InvariantCulture))}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_RepeatAndSkipNothing()
    {
        for (var i = 0; i < 2; i++)
        {
            var message = centre.NextMessage();
            (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
            message["messageId"] = Guid.CreateVersion7().ToString();
            foreach (var value in message["values"]!.AsArray()) value!["value"] = centre.Plausible((string)value["indicator"]!, 1);
            (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        }

        var since = Uri.EscapeDataString(Centre.Now.AddDays(-1).ToString("O", CultureInfo.InvariantCulture));
        var whole = (await centre.AllAsync($"changes?since={since}&limit=1000")).Select(i => i.ToJsonString()).ToList();
        var paged = (await centre.AllAsync($"changes?since={since}&limit=7")).Select(i => i.ToJsonString()).ToList();

        paged.Distinct().Count().ShouldBe(paged.Count);
        whole.ShouldBeSubsetOf(paged);
    }
}
