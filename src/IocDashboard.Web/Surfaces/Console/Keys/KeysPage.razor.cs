using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Keys;

/// <summary>The keys of other systems: issued, replaced with an overlap, revoked at once. A token is shown once and never again.</summary>
public sealed partial class KeysPage : IDisposable
{
    private const string Rotating = "rotate", Revoking = "revoke";

    private readonly CancellationTokenSource _closed = new();
    private readonly HashSet<string> _scopes = new(StringComparer.Ordinal);
    private IReadOnlyList<KeyRow> _rows = [];
    private string? _agency, _label, _until, _said, _token;
    private int _overlap = (int)KeyTerm.UsualOverlap.TotalDays;
    private bool _busy, _wrong;
    private (Guid Id, string Deed)? _asked;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private MachineKeys Keys { get; set; } = null!;

    [Inject]
    private RotateKey Rotate { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    private bool Off => !RendererInfo.IsInteractive;

    private IEnumerable<Agency> Agencies => Catalogue.Current.Agencies.Values.OrderBy(a => a.Code, StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        _me = AuditActor.Of((await Session).User, address: null);
        _until = Day(KeyTerm.UsualEnd(Clock.GetUtcNow()));
        await ReadAsync();
    }

    private void Choose(string scope, bool chosen)
    {
        if (chosen) _scopes.Add(scope);
        else _scopes.Remove(scope);
    }

    private async Task Issue()
    {
        _asked = null;
        if (Fault(out var end) is { } fault)
        {
            Say(fault, wrong: true);
            return;
        }

        _busy = true;
        var scopes = KeyScopes.All.Where(_scopes.Contains).ToList();
        var (key, token) = await Keys.AddAsync(_agency!, scopes, end, _label!.Trim(), _me, _closed.Token);
        _token = token;
        Say(T("Key.Issued", key.Agency, Until(key.ExpiresAt!.Value)));
        (_label, _agency) = (null, null);
        _scopes.Clear();
        await ReadAsync();
        _busy = false;
    }

    /// <summary>Asks once more on the button itself, and how long both keys are to work.</summary>
    private async Task RotateAsync(KeyRow row)
    {
        if (AskFirst(row, Rotating)) return;
        var overlap = TimeSpan.FromDays(_overlap);
        if (!KeyTerm.AllowsOverlap(overlap))
        {
            _asked = (row.Key.Id, Rotating);
            Say(T("Key.BadOverlap", KeyTerm.LongestOverlapDays), wrong: true);
            return;
        }

        _busy = true;
        if (await Rotate.Handle(row.Key.Id, overlap, _me, _closed.Token) is RotationOutcome.Rotated rotated)
        {
            _token = rotated.Token;
            Say(T("Key.Rotated", row.Key.Label, Until(rotated.Old.ExpiresAt!.Value)));
        }
        else
        {
            Say(T("Key.Changed"), wrong: true);
        }

        await ReadAsync();
        _busy = false;
    }

    /// <summary>Asks once more on the button itself: an agency's system falls silent by a slip.</summary>
    private async Task RevokeAsync(KeyRow row)
    {
        if (AskFirst(row, Revoking)) return;
        _busy = true;
        var done = await Keys.RevokeAsync(row.Key.Id, _me, _closed.Token);
        Say(T(done ? "Key.Revoked" : "Key.Changed", row.Key.Label), wrong: !done);
        await ReadAsync();
        _busy = false;
    }

    private bool AskFirst(KeyRow row, string deed)
    {
        var asked = _asked == (row.Key.Id, deed);
        _asked = asked ? null : (row.Key.Id, deed);
        _said = null;
        return !asked;
    }

    private string? Fault(out DateTimeOffset end)
    {
        end = default;
        if (string.IsNullOrEmpty(_agency) || !Catalogue.Current.Agencies.ContainsKey(_agency)) return T("Key.NoAgency");
        if (_scopes.Count == 0) return T("Key.NoScope");
        if (string.IsNullOrWhiteSpace(_label) || _label.Length > KeyTerm.LabelLength) return T("Key.NoLabel");
        if (!DateOnly.TryParseExact(_until?.Trim(), ["d/M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return T("Key.BadDay", KeyTerm.LongestYears);
        end = KeyTerm.EndOf(day, Time);
        return KeyTerm.Allows(Clock.GetUtcNow(), end) ? null : T("Key.BadDay", KeyTerm.LongestYears);
    }

    private void Say(string text, bool wrong = false) => (_said, _wrong) = (text, wrong);

    private async Task ReadAsync() => _rows = KeyRow.Of(await Keys.ListAsync(_closed.Token), Clock.GetUtcNow());

    private string Day(DateTimeOffset instant) => Time.Local(instant).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private string Until(DateTimeOffset end) => DayText.Until(Time.Local(end));

    private string When(DateTimeOffset instant) => Time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
