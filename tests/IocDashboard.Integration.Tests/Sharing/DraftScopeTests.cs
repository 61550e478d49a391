using System.Net;
using System.Text;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Integration.Tests.Sharing;

/// <summary>A draft is its own agency's: no page shows its values, notes or identifiers to anybody else, whatever their role.</summary>
public sealed class DraftScopeTests(SpecificCentre centre) : IClassFixture<SpecificCentre>
{
    private const string Note = "chưa đối chiếu với cơ sở";

    [Fact]
    public async Task Draft_OnTheReportsPage_IsShownToItsOwnAgencysPeopleAlone()
    {
        var form = centre.Catalogue.Forms["SYT-M"];
        var period = centre.Day[..7];
        var message = Messages.Submission(centre.Catalogue, form, period);
        (message["complete"], message["values"]![0]!["note"]) = (false, Note);
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions") { Content = new StringContent(message.ToJsonString(), Encoding.UTF8, "application/json") })
        {
            request.Headers.Authorization = new("Bearer", await centre.TokenAsync("SYT", KeyScopes.Submit));
            (await centre.Host.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        var path = $"/console/reports/SYT-M/SYT/{period}";
        (await centre.OpenAsync("SYT", path, Roles.AgencyReporter)).Text.ShouldContain(Note);
        (await centre.OpenAsync("SYT", path, Roles.AgencyHead)).Text.ShouldContain(Note);
        foreach (var (agency, role) in new[]
        {
            ("STC", Roles.AgencyReporter), ("STC", Roles.AgencyHead), ("IOC", Roles.Operator), ("IOC", Roles.Supervisor), ("QTI", Roles.Administrator),
            ("UBND", Roles.Leader), ("STTTT", Roles.ManagingAgency), ("TTT", Roles.Auditor),
        })
        {
            var (status, text) = await centre.OpenAsync(agency, path, role);
            status.ShouldBe(HttpStatusCode.OK, role);
            text.ShouldNotContain(Note, customMessage: $"{role} of {agency}");
            text.ShouldNotContain((string)message["messageId"]!);
            text.ShouldNotContain("test SYT", customMessage: "the key that sent it");
        }
    }
}
