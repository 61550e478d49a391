using System.Globalization;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console.FocalPoints;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>What does not leave the page yet: decisions on cells, reasons begun, cells to ask the agency's focal point about.</summary>
public sealed partial class VerifyPage
{
    private DraftKeeper _drafts = null!;
    private AgencyLine? _agency;
    private AgencyScope _mayAsk = AgencyScope.None;

    /// <summary>What became of this person's draft when the report was opened; null where there was none.</summary>
    private string? _drafted;
    private bool _dropped, _asking;

    [Inject] private KeepReviewDraft Drafts { get; set; } = null!;
    [Inject] private FindFocalPoints FocalPoints { get; set; } = null!;

    private ReviewLine[] Asked => _view is { } view ? [.. view.Lines.Where(l => _decisions.Asked.Contains(l.Cell.Key))] : [];

    /// <summary>From what this person drafted; or from nothing, saying so where what they drafted is over.</summary>
    /// <param name="unsent">What stood on the screen when the same report changed under it: the last of it may not have been kept any more.</param>
    private async Task BeginAsync(SeenReview? seen, ReviewDraft? unsent)
    {
        var draft = seen is null ? null : seen.Draft ?? unsent;
        var fate = draft?.FateUnder(seen!.Report) ?? DraftFate.Holds;
        var held = fate == DraftFate.Holds ? draft : null;
        _decisions.Begin(_view, held);
        _drafts.Begin(held);
        _mendBy = held?.MendBy is { } mendBy && mendBy > Moment.Now
            ? mendBy
            : Province.At(Moment.Board.Catalogue.Calendar.AddWorkingDays(Province.DayOf(Moment.Now), 2), MendAt);
        _dropped = fate != DraftFate.Holds;
        _drafted = draft is null ? null : T($"Ver.Draft.{fate}", When(draft.WrittenAt), draft.Cells.Count(c => c.Decision is not null));
        // A page that is only on its way to the reader has told nobody yet.
        if (_dropped && RendererInfo.IsInteractive) await Drafts.DropAsync(draft!, _closed.Token);
    }

    private async Task<AgencyLine?> FindAgencyAsync(string code)
    {
        if (!_mayAsk.Covers(code) || !Moment.Board.Catalogue.Agencies.TryGetValue(code, out var agency)) return null;
        var named = await FocalPoints.Handle(_mayAsk, _closed.Token, code);
        return AgencyLine.Of(agency, reports: true, named, Province.DayOf(Moment.Now), CultureInfo.CurrentUICulture);
    }

    private void Keep(bool isTyping = false)
    {
        if (_view is { } view) _drafts.Put(_decisions.ToDraft(view.Seen.Report, _me.Name, _mendBy), isTyping);
    }

    private void WriteReason((CellDecision Reason, DateTimeOffset? MendBy) written)
    {
        _mendBy = written.MendBy ?? _mendBy;
        _decisions.Write(written.Reason);
        Keep(isTyping: true);
    }

    private void CancelReturn()
    {
        _decisions.CancelReturn();
        Keep();
    }

    private Task AskAt(int at)
    {
        if (_agency is null) return Task.CompletedTask;
        _asking = _decisions.ToggleAsked(at) || _asking;
        Keep();
        return Task.CompletedTask;
    }
}
