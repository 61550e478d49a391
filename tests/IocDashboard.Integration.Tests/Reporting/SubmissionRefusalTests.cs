using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Reporting;

/// <summary>Every code of the contract by its pointer; a refused message leaves nothing behind.</summary>
public sealed class SubmissionRefusalTests(Centre centre) : IAsyncLifetime
{
    private readonly JsonObject _message = centre.NextMessage();

    private bool Known => centre.Catalogue.Forms.ContainsKey((string)_message["form"]!);

    private JsonObject First => _message["values"]![0]!.AsObject();

    private string FirstIndicator => (string)First["indicator"]!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (Known)
            (await centre.KeptAsync(_message)).ShouldBe(new Kept(0, 0, 0, 0));
    }

    [Fact]
    public async Task Form_Unknown_IsRefused()
    {
        _message["form"] = "NOSUCH-D";
        (await centre.SubmitAsync(_message)).ShouldBeProblem(422, "/form unknown-form");
    }

    [Fact]
    public async Task Form_OfAnotherAgency_IsRefused()
    {
        _message["form"] = centre.Catalogue.FormList.First(f => f.Agency != (string)_message["agency"]!).Code;
        (await centre.SubmitAsync(_message)).ShouldBeProblem(422, "/form not-assigned");
    }

    [Fact]
    public async Task Agency_Unknown_IsRefused()
    {
        var agency = (string)_message["agency"]!;
        _message["agency"] = "NOSUCH";
        (await centre.SubmitAsync(_message, asAgency: agency)).ShouldBeProblem(422, "/agency unknown-agency");
    }

    [Fact]
    public async Task Agency_NotTheKeys_IsForbidden() =>
        (await centre.SubmitAsync(_message, asAgency: (string)_message["agency"]! == "SYT" ? "SGTVT" : "SYT")).ShouldBeProblem(403, "/agency not-your-agency");

    [Theory]
    [InlineData("2026-13-01", "bad-period")]
    [InlineData("hôm qua", "bad-period")]
    [InlineData("2026-W47", "bad-period")]
    [InlineData("2026-11-24", "future-period")]
    [InlineData("2099-01-01", "future-period")]
    [InlineData("2020-01-01", "period-not-open")]
    public async Task Period_ThatTakesNothing_IsRefused(string period, string code)
    {
        _message["period"] = period;
        (await centre.SubmitAsync(_message)).Errors.ShouldContain("/period " + code);
    }

    [Fact]
    public async Task Period_Locked_Is423()
    {
        _message["period"] = "2026-06-01";
        (await centre.SubmitAsync(_message)).ShouldBeProblem(423, "/period period-locked");
        (await centre.SubmitAsync(_message, query: "?dryRun=true")).ShouldBeProblem(423, "/period period-locked");
    }

    [Fact]
    public async Task Indicator_Unknown_IsRefused()
    {
        First["indicator"] = "XX99";
        (await centre.SubmitAsync(_message)).Errors.ShouldContain("/values/0/indicator unknown-indicator");
    }

    [Fact]
    public async Task Indicator_OfAnotherForm_IsRefused()
    {
        First["indicator"] = centre.Catalogue.FormList.First(f => f.Code != (string)_message["form"]!).Indicators[0].Code;
        (await centre.SubmitAsync(_message)).Errors.ShouldContain("/values/0/indicator indicator-not-in-form");
    }

    [Fact]
    public async Task Area_Unknown_IsRefused()
    {
        First["area"] = "XXX";
        (await centre.SubmitAsync(_message)).Errors.ShouldBe(["/values/0/area unknown-area", "/values missing-value"]);
    }

    [Fact]
    public async Task Value_GivenTwice_IsRefused()
    {
        _message["values"]!.AsArray().Add(First.DeepClone());
        var last = _message["values"]!.AsArray().Count - 1;
        (await centre.SubmitAsync(_message)).ShouldBeProblem(422, $"/values/{last} duplicate-value");
    }

    [Fact]
    public async Task Value_OutOfRange_IsRefused()
    {
        First["value"] = centre.Catalogue.Indicators[FirstIndicator].PlausibleMax + 1;
        (await centre.SubmitAsync(_message)).ShouldBeProblem(422, "/values/0/value out-of-range");
    }

    [Fact]
    public async Task Value_TooPrecise_IsRefused()
    {
        First["value"] = centre.Plausible(FirstIndicator, 0.1m);
        (await centre.SubmitAsync(_message)).ShouldBeProblem(422, "/values/0/value bad-precision");
    }

    [Theory]
    [InlineData("missing", null, null, "/values/0/note missing-note")]
    [InlineData("missing", null, "  ", "/values/0/note missing-note")]
    [InlineData("missing", "1", "vì sao", "/values/0/value value-not-allowed")]
    [InlineData("final", null, null, "/values/0/value value-required")]
    [InlineData("official", "1", null, "/values/0/status unknown-status")]
    [InlineData(null, "1", null, "/values/0/status unknown-status")]
    public async Task Status_ThatDoesNotFit_IsRefused(string? status, string? value, string? note, string error)
    {
        First["status"] = status;
        First["value"] = value is null ? null : centre.Plausible(FirstIndicator);
        First["note"] = note;
        (await centre.SubmitAsync(_message)).ShouldBeProblem(422, error);
    }

    [Fact]
    public async Task Cell_LeftOutOfACompleteReport_IsRefused()
    {
        _message["values"]!.AsArray().RemoveAt(0);
        (await centre.SubmitAsync(_message)).ShouldBeProblem(422, "/values missing-value");
    }

    [Fact]
    public async Task Message_WithOneWrongCell_IsRefusedWholeWithEveryError()
    {
        First["value"] = 1e20m;
        _message["values"]![1]!["status"] = "x";

        var answer = (await centre.SubmitAsync(_message)).ShouldBeProblem(422);

        answer.Errors.ShouldContain("/values/0/value out-of-range");
        answer.Errors.ShouldContain("/values/1/status unknown-status");
    }

    [Fact]
    public async Task Details_AreInTheCallersLanguage()
    {
        First["area"] = "XXX";
        _message["complete"] = false;

        var vietnamese = await centre.SubmitAsync(_message, language: "fr");
        var english = await centre.SubmitAsync(_message, language: "vi;q=0.5, en-GB");

        ((string)vietnamese.Json["errors"]![0]!["detail"]!).ShouldBe($"Chỉ số {FirstIndicator} không có phân tổ XXX.");
        ((string)vietnamese.Json["title"]!).ShouldBe("Nội dung không hợp lệ");
        ((string)english.Json["errors"]![0]!["detail"]!).ShouldBe($"Indicator {FirstIndicator} is not reported for area XXX.");
        ((string)english.Json["title"]!).ShouldBe("Invalid content");
        english.Errors.ShouldBe(vietnamese.Errors);
    }

    [Fact]
    public async Task Period_OfTheWrongRhythm_NamesTheFormsOwn()
    {
        _message["period"] = "2026";
        var answer = await centre.SubmitAsync(_message, language: "en");
        ((string)answer.Json["errors"]![0]!["detail"]!).ShouldContain(Rhythm.Daily.Name());
        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
