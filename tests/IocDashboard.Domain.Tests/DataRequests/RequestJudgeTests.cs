using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using static IocDashboard.Domain.Tests.DataRequests.Asking;

namespace IocDashboard.Domain.Tests.DataRequests;

public class RequestJudgeTests
{
    [Fact]
    public void Ask_AsItShouldBe_IsAskedOfEachAgencyOnce()
    {
        var (asked, errors) = AskJudge.Judge(Ask(Figure("Thu nội địa"), new(QuestionKind.Text, "Vướng mắc", false, "x", 9, null, null, 1, 2)));

        errors.ShouldBeEmpty();
        asked!.Title.ShouldBe("Ước thu");
        asked.Agencies.ShouldBe(["CTHUE", "STC"]);
        asked.Questions.ShouldBe(
            [new("q1", QuestionKind.Figure, "Thu nội địa", true) { Unit = "tỷ đồng", Decimals = 1 }, new("q2", QuestionKind.Text, "Vướng mắc", false)]);
    }

    [Fact]
    public void Ask_ThatIsWrong_SaysEverythingByItsPlace()
    {
        Places(Ask() with { Title = " ", Agencies = [], Questions = [], DueAt = null }).ShouldBe(
            ["/title required", "/dueAt required", "/agencies no-agencies", "/questions no-questions"]);
        Places(Ask(Figure("", 9)) with { DueAt = At, Title = new string('x', 201) }).ShouldBe(
            ["/title bad-request-text", "/dueAt due-in-past", "/questions/0/text required", "/questions/0/decimals bad-decimals"]);
        Places(Ask() with { DueAt = At.AddYears(3) }).ShouldBe(["/dueAt due-too-far"]);
        Places(Ask([.. Enumerable.Repeat(Figure("x"), 51)])).ShouldBe(["/questions too-many-questions"]);

        static IEnumerable<string> Places(AskForData command) => AskJudge.Judge(command).Errors.Select(e => $"{e.Pointer} {e.Code}");
    }

    [Theory]
    [InlineData("q1", "100.1", null, null, "/answers/0/value out-of-range")]
    [InlineData("q1", "1.25", null, null, "/answers/0/value bad-precision")]
    [InlineData("q1", "1.20", null, null, null)]
    [InlineData("q1", null, null, null, "/answers/0/value answer-required")]
    [InlineData("q1", null, null, "Chờ kho bạc", null)]
    [InlineData("q1", "1", "một", null, "/answers/0/text not-a-text-question")]
    [InlineData("q1", null, null, "\u0001", "/answers/0/note bad-note")]
    [InlineData("q2", "1", null, null, "/answers/0/value not-a-figure-question /answers answer-required")]
    [InlineData("q9", "1", null, null, "/answers/0/question unknown-question /answers answer-required")]
    public void Answer_IsJudgedByItsQuestion(string question, string? value, string? text, string? note, string? wrong)
    {
        var answer = new GivenAnswer(question, value is null ? null : decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture), text, note);

        var (_, errors) = AnswerJudge.Judge(Request().Questions, [answer]);

        string.Join(' ', errors.Select(e => $"{e.Pointer} {e.Code}")).ShouldBe(wrong ?? "");
    }

    [Fact]
    public void Answers_AreKeptInTheOrderOfTheQuestions_WithoutBlankOnes()
    {
        var (kept, errors) = AnswerJudge.Judge(Request().Questions, [new("q2", null, "  ", null), new("q1", 3, null, " ước ")]);
        errors.ShouldBeEmpty();
        kept.ShouldBe([new("q1", 3, null, "ước")]);
        AnswerJudge.Judge(Request().Questions, [new("q1", 3, null, null), new("q1", 3, null, null)]).Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.DuplicateAnswer);
    }

    [Fact]
    public void Number_BeginsAnewEachYear_AndIsNoFormsKey()
    {
        DataRequestNumber.Of(2026, 7).ShouldBe("YC-2026-007");
        DataRequestNumber.Is("YC-2026-007").ShouldBeTrue();
        DataRequestNumber.Is("SYT-D/SYT/2026-11-23").ShouldBeFalse();
        DataRequestNumber.Is("YC-2026-\0").ShouldBeFalse();
    }
}
