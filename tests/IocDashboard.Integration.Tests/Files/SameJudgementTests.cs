using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Features.Reporting;

namespace IocDashboard.Integration.Tests.Files;

/// <summary>The same content by JSON, by CSV, by SDMX-CSV, by a workbook and by the sheet of the portal is judged the same, cell by cell.</summary>
[Collection(FilesCentre.Name)]
public sealed class SameJudgementTests(Centre centre)
{
    private static readonly string[] Statuses = ["estimated", "provisional", "final", "missing"];

    [Fact]
    public async Task Content_ByAnyEntrance_IsJudgedTheSame()
    {
        var desk = await Desk.NextAsync(centre, f => Desk.HasGrid(f) && f.Indicators.Sum(i => i.Areas.Length) is > 6 and < 60);
        var template = Web.Documents.Forms.Templates.XlsxTemplate.Write(await desk.TemplateAsync());
        var indicators = centre.Catalogue.Indicators;
        // Far inside, at the edges, outside, with too many decimals, none at all. A cell with neither value nor note is left out, unless it
        // says that there is no figure: in a file to fill in it was not filled in, while JSON has to name it to say as little.
        var cell = Gen.Select(Gen.Int[0, desk.Keys.Length - 1], Gen.Int[0, 6], Gen.Int[0, 3], Gen.Bool, (at, kind, status, note) =>
            new Given(desk.Keys[at], ValueOf(indicators[desk.Keys[at].Indicator], kind), Statuses[status], note || (kind == 0 && status != 3) ? "Ghi chú" : null));
        var content = cell.List[1, 12].Select(list => list.DistinctBy(c => c.Key).ToList());

        await content.SampleAsync(async given =>
        {
            var json = await ByJsonAsync(desk, given);
            (await ByRowsAsync(desk, given, "text/csv", Csv(desk, given))).ShouldBe(json);
            (await ByRowsAsync(desk, given, "application/vnd.sdmx.data+csv;version=2.0.0", Sdmx(desk, given))).ShouldBe(json);
            (await ByWorkbookAsync(desk, given, template)).ShouldBe(json);
        }, iter: 60, threads: 1);
    }

    private static decimal? ValueOf(Indicator indicator, int kind)
    {
        var unit = (decimal)Math.Pow(10, -indicator.Decimals);
        return kind switch
        {
            0 => null,
            1 => indicator.PlausibleMax,
            2 => indicator.PlausibleMax + unit,
            3 => decimal.Round(indicator.PlausibleMax / 2, indicator.Decimals) + (unit / 10),
            4 => indicator.PlausibleMin - unit,
            _ => decimal.Round((indicator.PlausibleMin + indicator.PlausibleMax) / 2, indicator.Decimals),
        };
    }

    private async Task<string> ByJsonAsync(Desk desk, List<Given> given)
    {
        var message = new JsonObject
        {
            ["messageId"] = "m", ["form"] = desk.Form.Code, ["agency"] = desk.Form.Agency, ["period"] = desk.Period.ToString(), ["complete"] = false,
            ["values"] = new JsonArray([.. given.Select(g => new JsonObject
            {
                ["indicator"] = g.Key.Indicator, ["area"] = g.Key.Area, ["value"] = g.Value, ["status"] = g.Status, ["note"] = g.Note,
            })]),
        };
        var answer = await centre.SubmitAsync(message, query: "?dryRun=true");
        return Said(given, answer, pointer => pointer.Split('/') is ["", "values", var at, var field] ? (int.Parse(at, CultureInfo.InvariantCulture), field) : null);
    }

    private async Task<string> ByRowsAsync(Desk desk, List<Given> given, string mediaType, string body)
    {
        var answer = await centre.PostAsync("/api/v1/submissions?dryRun=true&complete=false&messageId=m", body, desk.Form.Agency, mediaType);
        return Said(given, answer, pointer => pointer.Split('/') is ["", "lines", var line, var column]
            ? (int.Parse(line, CultureInfo.InvariantCulture) - 2, column switch { "value_vi" or "OBS_VALUE" => "value", "OBS_STATUS" => "status", "COMMENT_OBS" => "note", _ => column })
            : null);
    }

    private async Task<string> ByWorkbookAsync(Desk desk, List<Given> given, byte[] template)
    {
        using var book = new Workbook(template);
        foreach (var g in given)
        {
            if (g.Value is { } value) book.Number(g.Key, value);
            book.Text(g.Key, g.Status, "status");
            if (g.Note is { } note) book.Text(g.Key, note, "note");
        }

        var file = desk.Read(book.Save());
        var message = new SubmissionMessage("m", desk.Form.Code, desk.Form.Agency, desk.Period.ToString(), Complete: false, [.. file.Cells.Select((c, i) => c.At(i))]);
        var said = new List<string>();
        var outcome = await desk.Service<SubmitReportHandler>().Handle(
            new Submission(message, [], desk.Form.Agency, "x", "file", centre.Clock.GetUtcNow(), DryRun: true), CancellationToken.None);
        var remarks = outcome is SubmissionOutcome.Refused refused ? refused.Errors : outcome.ReceiptOf()!.Warnings;
        foreach (var remark in remarks)
        {
            if (remark.Pointer.Split('/') is not ["", "values", var at, var field]) continue;
            var cell = file.Cells[int.Parse(at, CultureInfo.InvariantCulture)];
            said.Add($"{cell.Indicator}/{cell.Area} {field} {remark.Code}");
        }

        return string.Join('\n', said.Order(StringComparer.Ordinal));
    }

    private static string Said(List<Given> given, Answer answer, Func<string, (int At, string Field)?> place)
    {
        var remarks = (int)answer.Status == 422 ? answer.Json["errors"]!.AsArray() : answer.Json["warnings"]!.AsArray();
        return string.Join('\n', remarks.Select(r => (At: place((string)r!["pointer"]!), Code: (string)r["code"]!)).Where(r => r.At is not null)
            .Select(r => $"{given[r.At!.Value.At].Key.Indicator}/{given[r.At.Value.At].Key.Area} {r.At.Value.Field} {r.Code}").Order(StringComparer.Ordinal));
    }

    private static string Csv(Desk desk, List<Given> given)
    {
        var text = new StringBuilder("form;agency;period;indicator;area;value_vi;status;note\r\n");
        foreach (var g in given)
            text.Append(CultureInfo.InvariantCulture, $"{desk.Form.Code};{desk.Form.Agency};{desk.Period};{g.Key.Indicator};{g.Key.Area};{Comma(g.Value)};{g.Status};{g.Note}\r\n");
        return text.ToString();

        // With a closing zero nothing reads two ways.
        static string Comma(decimal? value)
        {
            var plain = value?.ToString(CultureInfo.InvariantCulture) ?? "";
            return plain.Contains('.', StringComparison.Ordinal) ? plain.Replace('.', ',') + "0000" : plain;
        }
    }

    private static string Sdmx(Desk desk, List<Given> given)
    {
        var frequency = desk.Form.Rhythm.Code();
        var text = new StringBuilder("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,COMMENT_OBS\r\n");
        foreach (var g in given)
        {
            var status = g.Status switch { "estimated" => "E", "provisional" => "P", "final" => "A", _ => "O" };
            text.Append(CultureInfo.InvariantCulture, $"dataflow,IOC:OBSERVATIONS(1.0),I,{frequency},{g.Key.Indicator},{g.Key.Area},{desk.Period},{g.Value},{status},{g.Note}\r\n");
        }

        return text.ToString();
    }

    private sealed record Given(CellKey Key, decimal? Value, string Status, string? Note);
}
