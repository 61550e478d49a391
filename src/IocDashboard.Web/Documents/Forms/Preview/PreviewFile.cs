using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Documents.Forms.Preview;

/// <summary>
/// Judges a file for one report without keeping anything: what it holds, together with what the sheet holds besides, goes to the one
/// judge as it would when the sheet is sent. Reading comes first, so that the preview names cells of the file.
/// </summary>
public sealed class PreviewFileHandler(FindSheet find, SubmitReportHandler submit, TimeProvider clock)
{
    // Each round leaves out what the one before refused; a rule over several cells may then refuse another.
    private const int MostRounds = 3;

    /// <param name="scope">Of whoever uploads; another agency's report is answered as one that does not exist.</param>
    public async Task<FilePreview> Handle(string reportId, FilledForm file, AgencyScope scope, string by, CancellationToken cancellation)
    {
        if (await find.Handle(reportId, scope, cancellation) is not { } seen)
            return FilePreview.Refused(reportId, file, JudgementError.At("", SubmissionCodes.UnknownForm, reportId));
        if (file.IsUnreadable) return FilePreview.Refused(reportId, file);
        if (Foreign(file.Report, seen.Report) is { } foreign) return FilePreview.Refused(reportId, file, foreign);

        var judged = await Judge(seen, file, by, cancellation);
        var rows = file.Cells.Select((cell, i) => Row(seen, cell, judged.Refused.GetValueOrDefault(i), judged.Asked.GetValueOrDefault(i))).ToImmutableArray();
        return new(reportId, rows, file.Blank, [.. file.Faults, .. judged.OfWhole], file.Notices);
    }

    private static JudgementError? Foreign(FileReport said, Report report) =>
        said.Form != report.Form ? JudgementError.At("", FileCodes.OtherForm, said.Form ?? "", report.Form)
        : said.Agency != report.Agency ? JudgementError.At("", FileCodes.OtherAgency, said.Agency ?? "", report.Agency)
        : said.Period != report.Period.ToString() ? JudgementError.At("", FileCodes.OtherPeriod, said.Period ?? "", report.Period.ToString())
        : null;

    private async Task<Judged> Judge(SeenSheet seen, FilledForm file, string by, CancellationToken cancellation)
    {
        var judged = new Judged();
        for (var i = 0; i < file.Cells.Length; i++)
            if (file.Cells[i].Fault is { } fault) judged.Refuse(i, fault);
        for (var round = 0; round < MostRounds; round++)
        {
            var (message, cells) = Message(seen, file, judged.Refused);
            var outcome = await submit.Handle(new Submission(message, [], seen.Report.Agency, by, "file", clock.GetUtcNow(), DryRun: true), cancellation);
            if (outcome is not SubmissionOutcome.Refused refused)
            {
                foreach (var warning in outcome.ReceiptOf()!.Warnings)
                    if (Cell(warning, cells, out var field) is { } at) judged.Ask(at, warning with { Pointer = file.Cells[at].Place(field) });
                break;
            }

            var before = judged.Refused.Count;
            foreach (var error in refused.Errors) judged.Take(error, file, Cell(error, cells, out var field), field);
            if (judged.Refused.Count == before) break;
        }

        judged.RefuseTwins(file);
        return judged;
    }

    /// <summary>The file's cells in its own order, then what the report says besides.</summary>
    private static (SubmissionMessage Message, List<int> Cells) Message(SeenSheet seen, FilledForm file, IReadOnlyDictionary<int, List<JudgementError>> without)
    {
        var (values, cells, given) = (new List<SubmittedValue>(), new List<int>(), new HashSet<CellKey>());
        for (var i = 0; i < file.Cells.Length; i++)
        {
            if (without.ContainsKey(i)) continue;
            var cell = file.Cells[i];
            values.Add(cell.At(values.Count) with { Status = cell.Status ?? StatusWords.CodeOf(CellNow.Usual) });
            cells.Add(i);
            if (KeyOf(cell) is { } key) given.Add(key);
        }

        foreach (var key in seen.Keys.Where(k => !given.Contains(k)))
        {
            var now = CellNow.Of(seen, key);
            // What cannot be read stays in the sheet until somebody mends it; the file is not blamed for it.
            if (now.IsBlank || (now.Value is null && now.Status != ObservationStatus.Missing)) continue;
            values.Add(new(values.Count, key.Indicator, key.Area, now.Status == ObservationStatus.Missing ? null : now.Value, StatusWords.CodeOf(now.Status ?? CellNow.Usual), now.Note));
        }

        return (new("preview", seen.Report.Form, seen.Report.Agency, seen.Report.Period.ToString(), Complete: true, values), cells);
    }

    /// <summary>The cell of the file that a pointer into the message means; null for the message as a whole and for what the file does not hold.</summary>
    private static int? Cell(JudgementError error, List<int> cells, out string field)
    {
        field = "value";
        if (error.Pointer.Split('/') is not ["", "values", var position, .. var rest]) return null;
        if (rest is [var named]) field = named;
        return int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < cells.Count ? cells[at] : null;
    }

    private static PreviewRow Row(SeenSheet seen, FileCell cell, List<JudgementError>? refused, List<JudgementError>? asked)
    {
        var key = KeyOf(cell) is { } named && seen.Past.ContainsKey(named) ? named : default(CellKey?);
        var now = key is { } known ? CellNow.Of(seen, known) : default;
        // A rule wants to know why: the cell is taken into the sheet, where the note can be written, and not sent without it.
        if (refused is not null && !refused.TrueForAll(e => e.Code == JudgementCodes.CommentRequired)) return new(cell, key, now, CellVerdict.Refused, [.. refused]);
        List<JudgementError> asks = [.. refused ?? [], .. asked ?? []];
        var same = PreviewRow.SaysTheSame(cell, now);
        if (now.IsVerified && !same) asks.Add(JudgementError.At(cell.Place("value"), SheetCodes.ReasonNeeded));
        if (same && refused is null) return new(cell, key, now, CellVerdict.Same, []);
        return new(cell, key, now, asks.Count > 0 ? CellVerdict.Asks : now.IsBlank ? CellVerdict.New : CellVerdict.Changed, [.. asks]);
    }

    private static CellKey? KeyOf(FileCell cell) => cell.Indicator is null ? null : new(cell.Indicator, cell.Area ?? Domain.Catalogue.Area.ProvinceCode);

    /// <summary>What was said about a file's cells, by their index, and about the whole.</summary>
    private sealed class Judged
    {
        public Dictionary<int, List<JudgementError>> Refused { get; } = [];

        public Dictionary<int, List<JudgementError>> Asked { get; } = [];

        public List<JudgementError> OfWhole { get; } = [];

        public void Take(JudgementError error, FilledForm file, int? cell, string field)
        {
            if (cell is { } at) Refuse(at, error with { Pointer = file.Cells[at].Place(field) });
            // What a report lacks is asked when it is sent; what other cells of the sheet have wrong, the sheet shows.
            else if (!error.Pointer.StartsWith("/values", StringComparison.Ordinal) || error.Code == JudgementCodes.TooManyValues) AddToWhole(error);
        }

        public void Refuse(int cell, JudgementError reason) => Add(Refused, cell, reason);

        public void Ask(int cell, JudgementError reason) => Add(Asked, cell, reason);

        /// <summary>Of two values for one cell nobody knows which is meant: the judge names the later, and the earlier is not taken either.</summary>
        public void RefuseTwins(FilledForm file)
        {
            var doubled = Refused.Where(r => r.Value.Exists(e => e.Code == JudgementCodes.DuplicateValue)).ToDictionary(r => KeyOf(file.Cells[r.Key])!.Value, r => r.Value[0].Arguments);
            if (doubled.Count == 0) return;
            for (var i = 0; i < file.Cells.Length; i++)
                if (!Refused.ContainsKey(i) && KeyOf(file.Cells[i]) is { } key && doubled.TryGetValue(key, out var arguments))
                    Refuse(i, new(file.Cells[i].Place("value"), JudgementCodes.DuplicateValue, arguments));
        }

        private void AddToWhole(JudgementError error)
        {
            if (!OfWhole.Contains(error)) OfWhole.Add(error with { Pointer = "" });
        }

        private static void Add(Dictionary<int, List<JudgementError>> to, int cell, JudgementError reason)
        {
            if (!to.TryGetValue(cell, out var reasons)) to[cell] = reasons = [];
            reasons.Add(reason);
        }
    }
}
