using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Rules;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>
/// The rule book (article 9.1a), as far as the reader sees the indicators that its rules are about. Which rule is open stands in the
/// address. The book is the current one, whatever instant the console looks at.
/// </summary>
public sealed partial class RulesPage
{
    private ImmutableArray<BookedRule> _rules = [];
    private AuditActor _me = AuditActor.Itself;
    private string? _said;
    private (CatalogueSnapshot Book, CatalogueSnapshot Seen, string? Rule)? _read;
    private bool _changed = true;

    [Inject]
    private FindRules Find { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>Code of the rule that is open beside the list.</summary>
    [SupplyParameterFromQuery(Name = "rule")]
    private string? Rule { get; set; }

    protected override async Task OnInitializedAsync() =>
        _me = AuditActor.Of((await Session).User, Http?.Connection.RemoteIpAddress?.ToString());

    protected override void OnParametersSet()
    {
        // The catalogue is replaced when the book is, on whichever node somebody wrote in it; another catalogue on the board: another sight.
        var wanted = (Catalogues.Current, Moment.Board.Catalogue, Rule);
        if (_read is { } read && ReferenceEquals(read.Book, wanted.Current) && ReferenceEquals(read.Seen, wanted.Catalogue) && read.Rule == Rule) return;
        _read = wanted;
        _rules = [.. Find.Handle(Moment.Sight).OrderBy(r => r.State switch { RuleState.On => 0, RuleState.Trial => 1, _ => 2 })];
        _changed = true;
    }

    protected override bool ShouldRender() => _changed && !(_changed = false);

    private void Open(string? code)
    {
        (_said, _changed) = (null, true);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("rule", code));
    }

    private void Close() => Open(null);

    private void Tell(string words)
    {
        (_said, _read) = (words, null);
        OnParametersSet();
    }
}
