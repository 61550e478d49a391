using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>The decisions that leave the page: one report as a whole, or all that the judge asked nothing about.</summary>
public sealed partial class VerifyPage
{
    [Inject] private VerifyReportHandler Verify { get; set; } = null!;
    [Inject] private ReturnReportHandler Return { get; set; } = null!;

    private async Task SendAsync()
    {
        if (CanDecide && _decisions is { Left: 0, Unfinished: { } at }) await ReturnAt(at);
        if (!CanSend || _view is not { } view) return;
        _busy = true;
        try
        {
            await _drafts.StopAsync();
            var (report, now) = (view.Seen.Report, Clock.GetUtcNow());
            var back = view.Lines.Where(_decisions.IsReturn).ToList();
            var outcome = back.Count > 0
                ? await Return.Handle(report.Id, new(report.SubmittedRevision, [.. back.Select(l => new ReturnReason(l.Cell.Key.Indicator, l.Cell.Key.Area, ReasonText.Of(_decisions.Cells[l.Cell.Key])))], _me.Name, now)
                {
                    MendBy = _mendBy,
                    Accepted = [.. view.Lines.Where(l => !_decisions.IsReturn(l)).Select(l => new ReviewedCell(l.Cell.Key.Indicator, l.Cell.Key.Area))],
                }, _closed.Token, _me)
                : await Verify.Handle(report.Id, new(report.SubmittedRevision, _me.Name, now), _closed.Token, _me, Moment.Sight);
            if (!outcome.Accepted)
            {
                (_said, _wrong) = (outcome.Errors.IsEmpty ? T("Ver.Unknown") : Said(outcome.Errors[0]), true);
                KeepAgain();
            }
            else
            {
                (_said, _wrong) = (T(back.Count > 0 ? "Ver.Done.Returned" : outcome.Report!.State == ReportState.Verified ? "Ver.Done.Verified" : "Ver.Done.Checked", view.Agency, view.Title, view.Period, back.Count), false);
                Next(report.Id);
            }

            await ReloadAsync(mine: true);
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>On to the next of the queue, as it was looked at.</summary>
    private void Next(string sent)
    {
        var shown = _queue.Of(_filter, _me.Name);
        var at = shown.ToList().FindIndex(q => q.Report.Id == sent);
        var next = shown.Skip(at + 1).Concat(shown.Take(Math.Max(0, at))).FirstOrDefault(q => q.Report.Id != sent)?.Report.Id;
        (_read, _view, _leading) = (null, null, (ReportId, next));
        Navigation.NavigateTo(next is null ? $"{ConsoleLinks.Root}/verify" : Link(next));
    }

    /// <summary>Whole reports about which the judge asked nothing; each by a decision of its own, on the record.</summary>
    private async Task VerifyCleanAsync()
    {
        _busy = true;
        try
        {
            var (done, refused) = (0, 0);
            foreach (var item in _queue.Of(_filter, _me.Name).Where(q => q.IsClean && !q.IsBarredTo(_me.Name)))
            {
                var isOpen = item.Report.Id == _read;
                if (isOpen) await _drafts.StopAsync();
                var outcome = await Verify.Handle(item.Report.Id, new(item.Report.SubmittedRevision, _me.Name, Clock.GetUtcNow()), _closed.Token, _me, Moment.Sight);
                if (outcome.Accepted) done++;
                else refused++;
                if (isOpen && outcome.Accepted) (_read, _view) = (null, null);
                else if (isOpen) KeepAgain();
            }

            (_said, _wrong) = (T(refused > 0 ? "Ver.Done.CleanSome" : "Ver.Done.Clean", done, refused), refused > 0);
            await ReloadAsync(mine: true);
        }
        finally
        {
            _busy = false;
        }
    }

    private void KeepAgain()
    {
        _drafts.Resume();
        Keep();
    }

    private static string Said(JudgementError error) => CodeTexts.Detail(error.Code, error.Arguments, CultureInfo.CurrentUICulture);
}
