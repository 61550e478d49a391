using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>The accounts of people, a hundred at a time. What is looked for stands in the address.</summary>
public sealed partial class PeoplePage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private FoundPeople _found = FoundPeople.None;
    private DateTimeOffset _now;

    [Inject]
    private FindPeople Find { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "q")]
    private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "agency")]
    private string? Agency { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    private string? Role { get; set; }

    /// <summary>A <see cref="PersonState"/>; any other text asks for every state.</summary>
    [SupplyParameterFromQuery(Name = "state")]
    private string? State { get; set; }

    /// <summary>From 1 on.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    private int? Page { get; set; }

    private PersonState? AskedState => Enum.TryParse<PersonState>(State, out var state) && Enum.IsDefined(state) ? state : null;

    // A page so far out that nobody turned to it is the last one that can be counted to.
    private int PageNumber => Math.Clamp(Page ?? 1, 1, 10_000);

    private int Pages => ((_found.Total - 1) / FindPeople.PageSize) + 1;

    protected override async Task OnParametersSetAsync()
    {
        _now = Clock.GetUtcNow();
        var scope = AgencyScope.Of((await Session).User, [Roles.Administrator], []);
        _found = await Find.Handle(new(Search, Agency, Role, AskedState), scope, PageNumber - 1, _closed.Token);
    }

    private string HrefOf(int page) => "/console/people" + QueryString.Create(
        new KeyValuePair<string, string?>[]
        {
            new("q", Search), new("agency", Agency), new("role", Role), new("state", State), new("page", page.ToString(CultureInfo.InvariantCulture)),
        }.Where(p => !string.IsNullOrEmpty(p.Value))).Value;

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
