using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Rules;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Rules;

/// <summary>
/// Puts a new rule together, shows how it would have judged the last 24 months, and puts it into the book in trial. Begun with
/// another rule (<c>?from=</c>), it says what that one says until it is changed.
/// </summary>
public sealed partial class NewRulePage : IDisposable
{
    private const string RulesHref = ConsoleLinks.Root + "/rules", NewHref = RulesHref + "/new";

    private readonly CancellationTokenSource _closed = new();
    private AuditActor _me = AuditActor.Itself;
    private CatalogueSnapshot _seen = CatalogueSnapshot.Empty;
    private Sight _sight = Sight.OfNobody;
    private RuleDraft _draft = new(CatalogueSnapshot.Empty, ImmutableHashSet<string>.Empty);
    private Dictionary<string, string> _errors = new(StringComparer.Ordinal);
    private JudgementRule? _tried;
    private string? _reader, _unknown;
    private bool _stale, _busy, _unsaved;
    private int _tries;

    [Inject]
    private ProposeRuleHandler Propose { get; set; } = null!;

    [Inject]
    private FindRules Find { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private Sights Sights { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [CascadingParameter]
    private HttpContext? Http { get; set; }

    /// <summary>Code of the rule to begin with.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    private string Proposed => _draft.Read(Catalogues.Current.Rules, CultureInfo.CurrentUICulture).Rule.Code;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        _me = AuditActor.Of(user, Http?.Connection.RemoteIpAddress?.ToString());
        _reader = ReadingAgency.Of(user);
        (_sight, _seen) = (Sights.Of(_reader), Sights.CatalogueFor(_reader));
        _draft = new(_seen, Catalogues.Current.FormList.Where(f => f.Indicators.Length > _seen.Forms[f.Code].Indicators.Length).Select(f => f.Code).ToImmutableHashSet(StringComparer.Ordinal));
        if (From is not { Length: > 0 } from) return;
        if (Find.Handle(_sight).FirstOrDefault(r => r.Rule.Code == from) is { } begun) _draft.Take(begun.Rule, CultureInfo.CurrentUICulture);
        else _unknown = from;
    }

    private string? ErrorOf(string field) => _errors.GetValueOrDefault(field);

    private void TakeKind(ChangeEventArgs change)
    {
        if (!Enum.TryParse<RuleKind>(change.Value as string, out var kind)) return;
        _draft.TakeKind(kind);
        // What was asked of another kind's fields is not asked of these.
        _errors = new(StringComparer.Ordinal);
        Edited();
    }

    private void TakeCode(string? code) => _draft.Code = string.IsNullOrWhiteSpace(code) ? null : code;

    private void Edited() => _stale = _tried is not null;

    private void Try()
    {
        var catalogue = Catalogues.Current;
        (_sight, _unsaved) = (Sights.Of(_reader), false);
        var (rule, unreadable) = _draft.Read(catalogue.Rules, CultureInfo.CurrentUICulture);
        Say(unreadable, RuleDecider.Try(rule, catalogue.Forms, catalogue.Indicators, _sight));
        if (_errors.Count == 0) (_tried, _stale, _tries) = (rule, false, _tries + 1);
    }

    private async Task ProposeAsync()
    {
        if (_busy) return;
        (_busy, _unsaved) = (true, false);
        try
        {
            var (catalogue, reason) = (Catalogues.Current, _draft.Reason ?? "");
            _sight = Sights.Of(_reader);
            var (rule, unreadable) = _draft.Read(catalogue.Rules, CultureInfo.CurrentUICulture);
            // A number that cannot be read is said with all else that is wrong, and nothing is put into the book.
            var refusals = unreadable.Count > 0
                ? RuleDecider.Propose(rule, reason, catalogue.Rules, catalogue.Forms, catalogue.Indicators, _sight)
                : (await Propose.Handle(new(rule, reason, _sight, _me), _closed.Token)).Refusals;
            Say(unreadable, refusals);
            if (_errors.Count == 0) Navigation.NavigateTo($"{RulesHref}?rule={rule.Code}");
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // Nothing was kept; what was typed stays.
            _unsaved = true;
        }
        finally
        {
            _busy = false;
        }
    }

    private void Say(Dictionary<string, string> unreadable, ImmutableArray<RuleRefusal> refusals)
    {
        // A limit that cannot be read is not one that is missing.
        if (unreadable.Count > 0) refusals = refusals.Remove(RuleRefusal.WrongLimits);
        _errors = unreadable;
        foreach (var refusal in refusals) _errors.TryAdd(RuleField.Of(refusal, _draft.Kind), RuleField.Words(refusal, _draft.Kind));
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
