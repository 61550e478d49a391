using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Reading;

/// <summary>A centre of their own for the tests that read: they move its clock, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ReadingCentre : ICollectionFixture<Centre>
{
    public const string Name = "reading";
}
