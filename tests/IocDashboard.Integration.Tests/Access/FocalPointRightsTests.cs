using System.Security.Claims;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Tests.Access;

/// <summary>Whose focal points a role reads, and whose it records.</summary>
public sealed class FocalPointRightsTests
{
    [Theory]
    [InlineData(Roles.Leader, "*", "-")]
    [InlineData(Roles.PpcOffice, "*", "-")]
    [InlineData(Roles.ManagingAgency, "*", "*")]
    [InlineData(Roles.Supervisor, "*", "*")]
    [InlineData(Roles.Operator, "*", "-")]
    [InlineData(Roles.IndicatorSteward, "SYT", "-")]
    [InlineData(Roles.AgencyHead, "SYT", "SYT")]
    [InlineData(Roles.AgencyReporter, "SYT", "-")]
    [InlineData(Roles.Auditor, "*", "-")]
    [InlineData(Roles.Administrator, "*", "*")]
    public void Role_ReadsAndRecords_WhatItIsFor(string role, string reads, string records)
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Role, role), new(AccessClaims.Agency, "SYT")], "test"));

        Text(FocalPointRights.ToRead(user)).ShouldBe(reads);
        Text(FocalPointRights.ToRecord(user)).ShouldBe(records);

        static string Text(AgencyScope scope) => scope.IsAll ? "*" : scope == AgencyScope.None ? "-" : scope.Agency;
    }
}
