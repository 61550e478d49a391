using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.Indicators;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Terms;

/// <summary>When each form opens and locks, how soon it follows its source, how many verify it, and which sources are verified by rule; each change with its reason.</summary>
public sealed partial class TermsPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Dictionary<string, string?> _why = new(StringComparer.Ordinal);
    private string? _form, _opens, _lock, _update, _reason, _said;
    private int _verifiers = 1;
    private bool _wrong;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private SetTermsHandler Terms { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    protected override async Task OnInitializedAsync() => _me = AuditActor.Of((await Session).User, address: null);

    private void Edit(Form form)
    {
        var terms = Catalogues.Current.TermsOf(form.Code);
        (_form, _opens, _lock, _update, _verifiers, _reason, _said) = (
            _form == form.Code ? null : form.Code, terms.OpensDays.ToString(CultureInfo.InvariantCulture), terms.LockDays?.ToString(CultureInfo.InvariantCulture),
            terms.UpdateDays.ToString(CultureInfo.InvariantCulture), terms.Verifiers, null, null);
    }

    private async Task SetAsync()
    {
        if (_form is not { } form) return;
        var outcome = int.TryParse(_opens, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var opens) && Days(_lock, out var locks)
            && int.TryParse(_update, NumberStyles.None, CultureInfo.InvariantCulture, out var update)
            ? await Terms.SetForm(form, new(opens, locks, _verifiers) { UpdateDays = update }, _reason, _me, _closed.Token)
            : TermsOutcome.NotPossible;
        Say(outcome, "Terms.Done", form);
        if (outcome == TermsOutcome.Set) _form = null;
    }

    private async Task TrustAsync(string feed, bool begin)
    {
        var why = _why.GetValueOrDefault(feed);
        var outcome = begin ? await Terms.Trust(feed, why, _me, _closed.Token) : await Terms.EndTrust(feed, why, _me, _closed.Token);
        Say(outcome, begin ? "Trust.Done" : "Trust.Ended", feed);
        if (outcome == TermsOutcome.Set) _why.Remove(feed);
    }

    private void Say(TermsOutcome outcome, string done, string what) =>
        (_wrong, _said) = (outcome != TermsOutcome.Set, outcome == TermsOutcome.Set ? T(done, what) : T($"Terms.{outcome}", FormTerms.EarliestOpening, FormTerms.LatestOpening, FormTerms.LongestLock, FormTerms.LongestUpdate));

    private static bool Days(string? text, out int? days)
    {
        days = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read)) return false;
        days = read;
        return true;
    }

    private string AgencyName(string code) => Catalogues.Current.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(Culture) : code;

    private static string OpensText(FormTerms terms) => terms.OpensDays switch
    {
        0 => T("Terms.Opens.Usual"),
        < 0 => T("Terms.Opens.Earlier", -terms.OpensDays),
        _ => T("Terms.Opens.Later", terms.OpensDays),
    };

    /// <summary>By the set's rules, which no term moves; of several in one form the report is due at the latest.</summary>
    private string DueText(Form form) => string.Join("; ", form.Indicators.Select(i => Catalogues.Current.Indicators[i.Code].DeadlineRule).Distinct(StringComparer.Ordinal).Select(DeadlineText.Of));

    private static string LockText(Form form, FormTerms terms) => terms.LockDays switch
    {
        null => T("Terms.Lock.Usual", (int)ReportSchedule.LockGrace(form.Rhythm).TotalDays),
        0 => T("Rep.Never"),
        { } days => T("Terms.Lock.Days", days),
    };

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
