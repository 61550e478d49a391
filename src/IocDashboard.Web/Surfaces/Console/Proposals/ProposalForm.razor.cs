using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Proposals;

/// <summary>The steward's form: a new indicator, one as it is to become, or one that is to leave the set.</summary>
public sealed partial class ProposalForm : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private ProposalDraft _draft = new();
    private ImmutableArray<Indicator> _indicators = [];
    private ImmutableArray<Agency> _agencies = [];
    private ImmutableArray<(string Code, LocalText Name)> _fields = [];
    private string? _refused;
    private bool _busy;

    [Inject]
    private ProposeChangeHandler Propose { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ChangeKind Kind { get; set; }

    /// <summary>The indicator to begin with.</summary>
    [Parameter]
    public string? Code { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Actor { get; set; }

    [Parameter]
    public EventCallback<(string Words, Guid Proposal)> Said { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    private bool Off => !RendererInfo.IsInteractive;

    protected override void OnInitialized()
    {
        var (catalogue, culture) = (Catalogues.Current, CultureInfo.CurrentUICulture);
        _indicators = catalogue.IndicatorList;
        _agencies = [.. catalogue.AgencyList.OrderBy(a => a.ShortName.In(culture), culture.CompareInfo.GetStringComparer(CompareOptions.IgnoreCase))];
        _fields = [.. catalogue.IndicatorList.Select(i => (i.FieldCode, i.Field)).Distinct()];
        if (Kind != ChangeKind.New) Take(Code);
    }

    private void Take(string? code)
    {
        var version = code is null ? null : Catalogues.Current.Book.Of(code).LastOrDefault();
        var before = _draft;
        _draft = version is null ? new() : ProposalDraft.Of(version);
        (_draft.Wanted, _draft.Reason) = (before.Wanted, before.Reason);
    }

    private async Task ProposeAsync()
    {
        var held = Catalogues.Current.Indicators.GetValueOrDefault(_draft.Code);
        var field = held?.Field ?? _fields.FirstOrDefault(f => f.Code == _draft.FieldCode).Name ?? new("", "");
        if (_draft.Read(field, held?.ValueStatus ?? "official") is not { } read)
        {
            _refused = T("Gov.Unreadable");
            return;
        }

        _busy = true;
        var indicator = Kind == ChangeKind.Retire && held is not null ? held : read.Indicator;
        // Another breakdown has other areas; those that follow from it need not be named.
        var areas = held is not null && held.Breakdown != indicator.Breakdown && read.Areas.SequenceEqual(Catalogues.Current.Book.Of(held.Code)[^1].Areas) ? [] : read.Areas;
        var outcome = await Propose.Handle(new(Kind, indicator, areas, _draft.WordingOnly, read.Wanted, _draft.Reason, Actor), _closed.Token);
        (_busy, _refused) = (false, outcome.Refusal is { } refusal ? T($"Gov.Refused.{refusal}") : null);
        if (outcome.Proposal is { } proposal && outcome.Accepted) await Said.InvokeAsync((T("Gov.Said.Proposed", indicator.Code), proposal.Id));
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
