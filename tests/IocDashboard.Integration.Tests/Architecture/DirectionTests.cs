using IocDashboard.Domain.Catalogue;
using IocDashboard.Web;

namespace IocDashboard.Integration.Tests.Architecture;

/// <summary>The directions between folders of docs/architecture.md, read from the compiled code.</summary>
public sealed class DirectionTests
{
    private const string Root = "IocDashboard.Web";

    private static readonly IReadOnlyList<TypeReference> Web = TypeReferences.Of(typeof(IocApplication).Assembly);
    private static readonly IReadOnlyList<TypeReference> Domain = TypeReferences.Of(typeof(Indicator).Assembly);

    [Fact]
    public void Domain_References_OnlyTheBaseLibrary() =>
        Domain.Where(r => !IsIn(r.ToNamespace, "IocDashboard.Domain") && !IsIn(r.ToNamespace, "System") && !IsCompilersOwn(r)).ShouldBeEmpty();

    [Fact]
    public void Domain_ReadsNoClock() =>
        Domain.Where(r => r.To is "System.TimeProvider" || (r.To is "System.DateTime" or "System.DateTimeOffset" && r.Member is "get_Now" or "get_UtcNow" or "get_Today")).ShouldBeEmpty();

    [Theory]
    [InlineData("Features", "Api", "Surfaces", "Jobs", "Demo", "Live", "Documents")]
    [InlineData("Documents", "Api", "Surfaces", "Jobs", "Demo", "Live")]
    [InlineData("Live", "Api", "Surfaces", "Jobs", "Demo", "Documents")]
    [InlineData("Api", "Surfaces", "Jobs", "Demo")]
    [InlineData("Jobs", "Api", "Surfaces", "Demo")]
    [InlineData("Surfaces", "Api", "Jobs", "Demo")]
    [InlineData("Platform", "Api.V1", "Surfaces", "Jobs", "Demo", "Live", "Documents")] // a refused key is answered in the form of Api.Problems
    public void Folder_References_NothingThatStandsAboveIt(string folder, params string[] above) =>
        Web.Where(r => IsIn(r.FromNamespace, $"{Root}.{folder}") && above.Any(a => IsIn(r.ToNamespace, $"{Root}.{a}"))).ShouldBeEmpty();

    [Fact]
    public void Surfaces_ReferenceNoSibling() =>
        Web.Where(r => SurfaceOf(r.FromNamespace) is { } from && SurfaceOf(r.ToNamespace) is { } to && from != to && to != "Shared").ShouldBeEmpty();

    [Fact]
    public void LiveBoard_IsReplaced_OnlyByLive() =>
        Web.Where(r => r.To == $"{Root}.Live.Board.LiveBoard" && r.Member == "Replace" && !IsIn(r.FromNamespace, $"{Root}.Live")).ShouldBeEmpty();

    [Fact]
    public void Demo_IsKnown_OnlyToTheApplicationThatRegistersIt() =>
        Web.Where(r => IsIn(r.ToNamespace, $"{Root}.Demo") && !IsIn(r.FromNamespace, $"{Root}.Demo") && r.From != $"{Root}.IocApplication").ShouldBeEmpty();

    /// <summary>Without this, a reader that finds nothing would let every rule above pass.</summary>
    [Fact]
    public void References_AreFound_WhereTheyAreKnownToBe()
    {
        Web.ShouldContain(r => r.From == $"{Root}.IocApplication" && r.ToNamespace == $"{Root}.Demo");
        Web.ShouldContain(r => r.To == $"{Root}.Live.Board.LiveBoard" && r.Member == "Replace");
        Web.ShouldContain(r => IsIn(r.FromNamespace, $"{Root}.Surfaces") && IsIn(r.ToNamespace, $"{Root}.Live"));
    }

    private static bool IsIn(string name, string parent) => name == parent || name.StartsWith(parent + ".", StringComparison.Ordinal);

    // Attributes that the compiler embeds in every assembly.
    private static bool IsCompilersOwn(TypeReference reference) => IsIn(reference.ToNamespace, "Microsoft.CodeAnalysis");

    private static string? SurfaceOf(string name) =>
        IsIn(name, $"{Root}.Surfaces") && name.Length > $"{Root}.Surfaces.".Length ? name[$"{Root}.Surfaces.".Length..].Split('.')[0] : null;
}
