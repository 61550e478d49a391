using System.Globalization;
using System.Net;
using System.Text;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms.Reading;

namespace IocDashboard.Integration.Tests.Files;

/// <summary>Files of rows, read and sent over the public interface.</summary>
[Collection(FilesCentre.Name)]
public sealed class RowsTests(Centre centre)
{
    private const string Heading = "form;agency;period;indicator;indicator_name;area;area_name;value_vi;status;note";
    private const string Sdmx = "application/vnd.sdmx.data+csv;version=2.0.0";

    // Separators, quotes, lines, what a spreadsheet would run, and what looks as if that had been prevented.
    private static readonly string[] Notes =
    [
        "Trạm mất điện, chờ \"đối chiếu\"", "dòng một\r\ndòng hai", "=1+1", "'=1+1", "''", "-2.5", "+84 235 3811 000", "'quy ước' cũ", "a;b\tc",
    ];

    [Theory]
    [InlineData("utf-8"), InlineData("utf-16"), InlineData("utf-16BE")]
    public async Task Text_InAnyUnicode_IsRead(string encoding)
    {
        var desk = await Desk.NextAsync(centre);
        var (text, by) = (Rows(desk, ("1", "sơ bộ", "Đã đối chiếu")), Encoding.GetEncoding(encoding));

        var cell = desk.Read([.. by.Preamble, .. by.GetBytes(text)]).Cells.Single();

        (cell.Value, cell.Status, cell.Note).ShouldBe((1m, "provisional", "Đã đối chiếu"));
    }

    [Fact]
    public async Task Text_InAnOlderEncoding_IsRefused()
    {
        var desk = await Desk.NextAsync(centre);
        byte[] file = [.. Encoding.ASCII.GetBytes(Heading + "\r\nA;B;C;D;"), 0xD0, 0xE3, 0xF5, .. Encoding.ASCII.GetBytes(";;;1;;\r\n")];

        desk.Read(file).Faults.Single().Code.ShouldBe(FileCodes.NotUtf8);
    }

    [Theory]
    [InlineData("form;agency;period;indicator;area;value;status;note", FileCodes.NumberFormatMissing)]
    [InlineData("form;agency;period;indicator;area;value_vi;value_intl;status;note", FileCodes.NumberFormatMissing)]
    [InlineData("form;agency;period;indicator;value_vi;status;note", FileCodes.MissingColumn)]
    [InlineData("form;agency;period;indicator;area;area;value_vi;status;note", FileCodes.DuplicateColumn)]
    [InlineData("tên;giá trị", FileCodes.NotATemplate)]
    [InlineData("one word", FileCodes.UnknownFormat)]
    public async Task Heading_ThatIsNotTheTemplates_IsNamed(string heading, string code)
    {
        var desk = await Desk.NextAsync(centre);

        desk.Read(Encoding.UTF8.GetBytes(heading + "\r\n")).Faults.Single().Code.ShouldBe(code);
    }

    [Fact]
    public async Task Rows_ThatAreBroken_AreNamedByLine()
    {
        var desk = await Desk.NextAsync(centre);
        var (first, other) = (Rows(desk, ("1", "", "")), $"OTHER;{desk.Form.Agency};{desk.Period};X;;QNM;;1;;\r\n");

        var faults = desk.Read(Encoding.UTF8.GetBytes(first + "too;short\r\n" + other)).Faults;

        faults.Select(f => (f.Pointer, f.Code)).ShouldBe([("/lines/3", FileCodes.BadRow), ("/lines/4/form", FileCodes.OtherForm)]);
        desk.Read(Encoding.UTF8.GetBytes(first + "\"unclosed;1;2\r\n")).Faults.Single().Code.ShouldBe(FileCodes.BadQuotes);
    }

    [Fact]
    public async Task Csv_SavedByExcel_WithItsHintAndCommasOrTabs_IsRead()
    {
        var desk = await Desk.NextAsync(centre);
        var tabs = Rows(desk, ("1,5", "sơ bộ", "")).Replace(';', '\t');

        desk.Read(Encoding.UTF8.GetBytes(tabs)).Cells.Single().Text.ShouldBe("1,5");
        desk.Read(Encoding.UTF8.GetBytes("sep=;\r\n" + Rows(desk, ("2", "", "")))).Cells.Single().Value.ShouldBe(2m);
    }

    [Fact]
    public async Task Csv_OverTheInterface_IsTakenInLikeJson()
    {
        var desk = await Desk.NextAsync(centre);
        var file = Rows(desk, [.. desk.Keys.Select(k => (Written(desk.Plausible(k)), "chính thức", ""))]);

        var tried = (await PostAsync(desk, file, "text/csv", "dryRun=true&messageId=a")).ShouldBe(HttpStatusCode.OK);
        var answer = (await PostAsync(desk, file, "text/csv", "messageId=a")).ShouldBe(HttpStatusCode.Created);
        var again = (await PostAsync(desk, file, "text/csv", "messageId=a")).ShouldBe(HttpStatusCode.OK);

        ((bool?)tried.Json["dryRun"]).ShouldBe(true);
        ((int?)answer.Json["accepted"]).ShouldBe(desk.Keys.Length);
        ((string?)answer.Json["state"]).ShouldBe("submitted");
        again.Text.ShouldBe(answer.Text);
        (await PostAsync(desk, file.Replace("chính thức", "sơ bộ", StringComparison.Ordinal), "text/csv", "messageId=a")).ShouldBeProblem(409, "/messageId message-id-reused");
    }

    [Fact]
    public async Task Errors_OfAFile_AreNamedByLineAndColumn()
    {
        var desk = await Desk.NextAsync(centre, f => Desk.HasGrid(f) && f.Indicators.Sum(i => i.Areas.Length) > 3);
        var file = Rows(desk, ("abc", "", ""), (Written(centre.Catalogue.Indicators[desk.Keys[1].Indicator].PlausibleMax + 1_000), "", ""), ("", "missing", ""), ("1", "guess", ""));

        var answer = (await PostAsync(desk, file, "text/csv", "messageId=b&complete=false")).ShouldBeProblem(422);

        answer.Errors.ShouldContain("/lines/2/value_vi unreadable-number");
        answer.Errors.ShouldContain("/lines/3/value_vi out-of-range");
        answer.Errors.ShouldContain("/lines/4/note missing-note");
        answer.Errors.ShouldContain("/lines/5/status unknown-status");
        answer.Errors.Count(e => e.StartsWith("/lines/2/", StringComparison.Ordinal)).ShouldBe(1);
        (await PostAsync(desk, file, "text/csv", "complete=maybe&messageId=b")).ShouldBeProblem(400);
        (await PostAsync(desk, Rows(desk, ("1", "", "")), "text/csv", "complete=false")).ShouldBeProblem(422, "/messageId missing-field");
        (await PostAsync(desk, Heading + "\r\n", "text/csv", "messageId=b")).ShouldBeProblem(422);
        (await centre.PostAsync("/api/v1/submissions?messageId=b", file, "IOC", "text/csv")).ShouldBeProblem(403);
        (await PostAsync(desk, file, "application/vnd.sdmx.data+csv;version=1.0.0", "messageId=b")).ShouldBeProblem(415);
    }

    [Fact]
    public async Task Sdmx_ThatGoesOut_ComesIn()
    {
        var desk = await Desk.NextAsync(centre, f => Desk.HasGrid(f) && f.Indicators.Sum(i => i.Areas.Length) > Notes.Length);
        var message = centre.Message(desk.Form, desk.Period.ToString());
        for (var i = 0; i < Notes.Length; i++) message["values"]![i]!["note"] = Notes[i];
        (message["values"]![0]!["value"], message["values"]![0]!["status"]) = (null, "missing");
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/observations?indicator={string.Join(',', desk.Form.Indicators.Select(i => i.Code))}&from={desk.Period}&to={desk.Period}&limit=1000");
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync(desk.Form.Agency, Web.Platform.Access.KeyScopes.Read));
        request.Headers.Accept.ParseAdd(Sdmx);
        using var answer = await centre.Host.Client.SendAsync(request);
        var out1 = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, out1);

        var back = (await PostAsync(desk, out1, Sdmx, "messageId=c")).ShouldBe(HttpStatusCode.Created);

        ((int?)back.Json["accepted"]).ShouldBe(desk.Keys.Length);
        ((int?)back.Json["revision"]).ShouldBe(2);
        // A note that came back otherwise would be a revision of its figure.
        var standing = (await desk.SeenAsync()).Standing;
        standing.Values.ShouldAllBe(s => s.Revision == 1);
        standing.Values.Select(s => s.Note).OfType<string>().ShouldBe(Notes, ignoreOrder: true);
        (await PostAsync(desk, out1.Replace(",I,", ",D,", StringComparison.Ordinal), Sdmx, "messageId=d")).ShouldBeProblem(422).Errors.ShouldContain("/lines/2/ACTION delete-not-taken");
        var wrong = out1.Split("\r\n");
        wrong[1] = wrong[1].Replace(",P,", ",?,", StringComparison.Ordinal);
        (await PostAsync(desk, string.Join("\r\n", wrong), Sdmx, "messageId=e")).ShouldBeProblem(422, "/lines/2/OBS_STATUS unknown-status");
    }

    private Task<Answer> PostAsync(Desk desk, string body, string mediaType, string query) =>
        centre.PostAsync("/api/v1/submissions?" + query, body, desk.Form.Agency, mediaType);

    private static string Rows(Desk desk, params (string Value, string Status, string Note)[] cells)
    {
        var text = new StringBuilder(Heading + "\r\n");
        for (var i = 0; i < cells.Length; i++)
            text.Append(CultureInfo.InvariantCulture, $"{desk.Form.Code};{desk.Form.Agency};{desk.Period};{desk.Keys[i].Indicator};;{desk.Keys[i].Area};;{cells[i].Value};{cells[i].Status};{cells[i].Note}\r\n");
        return text.ToString();
    }

    private static string Written(decimal value) => value.ToString(CultureInfo.InvariantCulture).Replace('.', ',');
}
