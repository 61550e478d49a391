using System.Globalization;
using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Judging;

public class SubmissionJudgeTests
{
    private static readonly Func<string, string, IReadOnlyList<decimal>> NoHistory = (_, _) => [];

    [Fact]
    public void Message_ThatIsComplete_IsAccepted()
    {
        var judgement = Judge(true, [.. Sample.FullValues]);

        judgement.Errors.ShouldBeEmpty();
        judgement.Values.Length.ShouldBe(6);
        judgement.Values[1].ShouldBe(new CellValue("YT01", "TKY", 12, ObservationStatus.Final, null));
    }

    [Fact]
    public void Value_WithoutArea_IsTheProvinces() =>
        Judge(false, Sample.Value(0, area: null)).Values.Single().Area.ShouldBe("QNM");

    [Theory]
    [InlineData("estimated", ObservationStatus.Estimated)]
    [InlineData("provisional", ObservationStatus.Provisional)]
    [InlineData("final", ObservationStatus.Final)]
    public void Value_WithAStatus_KeepsIt(string status, ObservationStatus expected) =>
        Judge(false, Sample.Value(0, status: status)).Values.Single().Status.ShouldBe(expected);

    [Fact]
    public void Value_Missing_KeepsItsNote() =>
        Judge(false, Sample.Value(0, value: null, status: "missing", note: "  Chờ đối chiếu ")).Values.Single()
            .ShouldBe(new CellValue("YT01", "QNM", null, ObservationStatus.Missing, "Chờ đối chiếu"));

    public static TheoryData<SubmittedValue, string, string> Wrong => new()
    {
        { Sample.Value(3, indicator: "XX99"), "/values/3/indicator", "unknown-indicator" },
        { Sample.Value(3, indicator: null), "/values/3/indicator", "unknown-indicator" },
        { Sample.Value(3, indicator: "KT01"), "/values/3/indicator", "indicator-not-in-form" },
        { Sample.Value(3, area: "ATLANTIS"), "/values/3/area", "unknown-area" },
        { Sample.Value(3, area: "TGG"), "/values/3/area", "unknown-area" },
        { Sample.Value(3, area: "tky"), "/values/3/area", "unknown-area" },
        { Sample.Value(3, value: 1000.1m), "/values/3/value", "out-of-range" },
        { Sample.Value(3, value: -0.1m), "/values/3/value", "out-of-range" },
        { Sample.Value(3, value: 1.23m), "/values/3/value", "bad-precision" },
        { Sample.Value(3, status: "Final"), "/values/3/status", "unknown-status" },
        { Sample.Value(3, status: null), "/values/3/status", "unknown-status" },
        { Sample.Value(3, value: null), "/values/3/value", "value-required" },
        { Sample.Value(3, status: "missing", note: "x"), "/values/3/value", "value-not-allowed" },
        { Sample.Value(3, value: null, status: "missing"), "/values/3/note", "missing-note" },
        { Sample.Value(3, value: null, status: "missing", note: " \t "), "/values/3/note", "missing-note" },
        { Sample.Value(3, note: "a\0b"), "/values/3/note", "bad-note" },
        { Sample.Value(3, note: "a\ud800b"), "/values/3/note", "bad-note" },
        { Sample.Value(3, note: new string('a', 1001)), "/values/3/note", "bad-note" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Value_ThatIsWrong_IsPointedAt(SubmittedValue value, string pointer, string code)
    {
        var judgement = Judge(false, value);

        var error = judgement.Errors.ShouldHaveSingleItem();
        (error.Pointer, error.Code).ShouldBe((pointer, code));
        judgement.Values.ShouldBeEmpty();
    }

    [Fact]
    public void Value_OfADistrict_MayBeSmallerThanTheLeastWhole()
    {
        var indicators = Sample.Indicators.SetItem("YT01", Sample.Indicator("YT01", min: 10));
        var grid = CellGrid.Of(Sample.Form, indicators);
        string[] Codes(string area) =>
            [.. SubmissionJudge.Judge(grid, Sample.Submit(complete: false, values: [Sample.Value(0, area: area, value: 3)]), NoHistory).Errors.Select(e => e.Code)];

        Codes("TKY").ShouldBeEmpty();
        Codes("QNM").ShouldBe(["out-of-range"]);
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("1.200")]
    [InlineData("0")]
    [InlineData("1000")]
    [InlineData("1000.0")]
    public void Value_AtItsLimitsOrWithClosingZeros_IsAccepted(string value) =>
        Judge(false, Sample.Value(0, value: decimal.Parse(value, CultureInfo.InvariantCulture))).Errors.ShouldBeEmpty();

    [Fact]
    public void Value_OfMoreThan28Digits_IsBadPrecision() =>
        Judge(false, Sample.Value(0, value: 0.12345678901234567890123456789m)).Errors.Single().Code.ShouldBe("bad-precision");

    [Theory]
    [InlineData("1.0000000000000000000000000000", false)] // 29 digits, closing zeros or not
    [InlineData("1.000000000000000000000000000", true)]
    public void Value_IsBoundedIn28DigitsAsWritten(string value, bool accepted) =>
        Judge(false, Sample.Value(0, value: decimal.Parse(value, CultureInfo.InvariantCulture))).Accepted.ShouldBe(accepted);

    [Fact]
    public void Cell_GivenTwice_IsADuplicateEvenWhenEqual()
    {
        var error = Judge(false, Sample.Value(0), Sample.Value(1, area: null)).Errors.ShouldHaveSingleItem();

        (error.Pointer, error.Code).ShouldBe(("/values/1", "duplicate-value"));
        error.Arguments.ShouldBe(["YT01", "QNM"]);
    }

    [Fact]
    public void Message_WithManyFaults_HasThemAll() =>
        Judge(true, Sample.Value(0, value: 5000.55m, status: "?"), Sample.Value(1, "XX99"), Sample.Value(2, "YT02", "QNM", null, "missing"))
            .Errors.Select(e => $"{e.Pointer} {e.Code}").ShouldBe(
            [
                "/values/0/status unknown-status", "/values/0/value out-of-range", "/values/0/value bad-precision",
                "/values/1/indicator unknown-indicator", "/values/2/note missing-note",
                "/values missing-value", "/values missing-value", "/values missing-value", "/values missing-value",
            ]);

    [Fact]
    public void Cell_LeftOutOfACompleteMessage_IsNamed()
    {
        var error = Judge(true, [.. Sample.FullValues.Where(v => (v.Indicator, v.Area) is not ("YT02", "HAN"))]).Errors.ShouldHaveSingleItem();

        (error.Pointer, error.Code).ShouldBe(("/values", "missing-value"));
        error.Arguments.ShouldBe(["YT02", "HAN"]);
    }

    [Fact]
    public void Cell_GivenWrongly_IsNotAlsoMissing() =>
        Judge(true, [Sample.FullValues[0] with { Value = -1 }, .. Sample.FullValues[1..]]).Errors.Single().Code.ShouldBe("out-of-range");

    [Fact]
    public void Cell_LeftOutOfADraft_IsNoError() => Judge(false, Sample.Value(0)).Errors.ShouldBeEmpty();

    [Fact]
    public void Message_WithoutValues_IsRefused()
    {
        Judge(false).Errors.Single().Code.ShouldBe("no-values");
        Judge(true).Errors.Select(e => e.Code).ShouldBe(["no-values", .. Enumerable.Repeat("missing-value", 6)]);
        var optional = CellGrid.Of(Sample.Form with { Indicators = [new("YT03", ["QNM"], false)] }, Sample.Indicators);
        SubmissionJudge.Judge(optional, Sample.Submit(), NoHistory).Errors.Single().Code.ShouldBe("no-values");
    }

    [Fact]
    public void MissingCells_BeyondAHundred_AreNotListed()
    {
        var areas = Enumerable.Range(0, 300).Select(i => $"A{i}");
        var grid = CellGrid.Of(Sample.Form with { Indicators = [new("YT01", ["QNM", .. areas], true)] }, Sample.Indicators);

        SubmissionJudge.Judge(grid, Sample.Submit(values: Sample.Value(0)), NoHistory).Errors.Length.ShouldBe(100);
    }

    [Fact]
    public void Message_OfMoreValuesThanMayBe_IsRefusedAtOnce()
    {
        var values = Enumerable.Range(0, SubmissionJudge.MostValues + 1).Select(i => Sample.Value(i)).ToArray();

        Judge(false, values).Errors.ShouldHaveSingleItem().Code.ShouldBe("too-many-values");
    }

    [Fact]
    public void Value_FarFromItsPast_IsOnlyAWarning()
    {
        var judgement = SubmissionJudge.Judge(
            Sample.Grid, Sample.Submit(complete: false, values: [Sample.Value(0, value: 900), Sample.Value(1, area: "TKY")]),
            (_, _) => [11, 12, 13, 12, 11, 12, 13, 12]);

        judgement.Accepted.ShouldBeTrue();
        var warning = judgement.Warnings.ShouldHaveSingleItem();
        (warning.Pointer, warning.Code).ShouldBe(("/values/0/value", "outlier"));
        warning.Arguments.ShouldBe(["YT01", "QNM", "900"]);
    }

    [Fact]
    public void AnyMessage_Accepted_HoldsOnlyCellsOfTheFormWithinRangeAndPrecision() =>
        Gen.Select(
                Gen.OneOf(Gen.Const("YT01"), Gen.Const("YT02"), Gen.Const("YT03"), Gen.Const("KT01")),
                Gen.OneOf(Gen.Const("QNM"), Gen.Const("TKY"), Gen.Const("XXX")),
                Gen.Select(Gen.Int[-30_000, 120_000], Gen.Int[0, 3]).Select((n, scale) => new decimal(Math.Abs(n), 0, 0, n < 0, (byte)scale)).Nullable(),
                Gen.OneOf(Gen.Const("final"), Gen.Const("missing"), Gen.Const("estimated")),
                Gen.OneOf(Gen.Const("vì mưa lũ"), Gen.Const("")))
            .Array[1, 12].Sample(cells =>
            {
                var values = cells.Select((c, i) => Sample.Value(i, c.Item1, c.Item2, c.Item3, c.Item4, c.Item5)).ToArray();
                var judgement = Judge(false, values);

                foreach (var cell in judgement.Values)
                {
                    var indicator = Sample.Indicators[cell.Indicator];
                    Sample.Form.Indicators.Single(c => c.Code == cell.Indicator).Areas.ShouldContain(cell.Area);
                    (cell.Value is null).ShouldBe(cell.Status == ObservationStatus.Missing);
                    if (cell.Value is null) cell.Note.ShouldNotBeNullOrWhiteSpace();
                    if (cell.Value is not { } value) continue;
                    value.ShouldBeInRange(indicator.PlausibleMin, indicator.PlausibleMax);
                    decimal.Round(value, indicator.Decimals).ShouldBe(value);
                }

                judgement.Values.Select(v => (v.Indicator, v.Area)).ShouldBeUnique();
                judgement.Accepted.ShouldBe(judgement.Values.Length == values.Length);
            });

    private static Judgement Judge(bool complete, params ReadOnlySpan<SubmittedValue> values) =>
        SubmissionJudge.Judge(Sample.Grid, Sample.Submit(complete, values: values), NoHistory);
}
