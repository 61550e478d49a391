using IocDashboard.Domain.DataRequests;

namespace IocDashboard.Domain.Tests.DataRequests;

/// <summary>A request to three agencies, due at four o'clock, and what is said to it.</summary>
internal static class Asking
{
    public static readonly DateTimeOffset At = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero), Due = At.AddHours(6);

    public static DataRequest Request(params string[] agencies) => DataRequest.Create(new(
        new Guid("0192f3c8-5b1e-7c3a-9a44-6f0e6c1f2b12"), "YC-2026-001", "Ước thu", "", "VPUBND", "An",
        [
            new("q1", QuestionKind.Figure, "Thu nội địa", true) { Decimals = 1, Least = 0, Most = 100 },
            new("q2", QuestionKind.Text, "Vướng mắc", false),
        ],
        agencies.Length == 0 ? ["CTHUE", "STC", "SYT"] : [.. agencies], Due, At));

    public static AskForData Ask(params WantedQuestion[] questions) => new(
        Guid.Empty, " Ước thu ", null, "VPUBND", "An", questions.Length == 0 ? [Figure("Thu nội địa")] : questions, ["CTHUE", "STC", "CTHUE"], Due, At);

    public static WantedQuestion Figure(string? text, int? decimals = 1) => new(QuestionKind.Figure, text, true, "tỷ đồng", decimals, null, null, null, null);

    public static DataRequestDecision Answer(this DataRequest request, DateTimeOffset at, decimal value = 5, string agency = "CTHUE") =>
        DataRequestDecider.Answer(request, new(agency, [new("q1", value, null, null)], "Hồng", "portal", at));

    public static DataRequestDecision Extend(this DataRequest request, DateTimeOffset at, DateTimeOffset? due, string? agency = null, string? reason = "Chờ quyết toán") =>
        DataRequestDecider.Extend(request, new(agency, due, reason, "An", at));

    public static DataRequestDecision Withdraw(this DataRequest request, DateTimeOffset at, string? reason = "Đã có số liệu") =>
        DataRequestDecider.Withdraw(request, new(reason, "An", at));

    public static DataRequestDecision Return(this DataRequest request, DateTimeOffset at, int revision = 1, string? reason = "Thiếu thu từ đất", string agency = "CTHUE") =>
        DataRequestDecider.Return(request, new(agency, revision, reason, at.AddDays(1), "An", at));

    public static DataRequestDecision Accept(this DataRequest request, DateTimeOffset at, int revision = 1, string agency = "CTHUE") =>
        DataRequestDecider.Accept(request, new(agency, revision, "An", at));

    public static AskedAgency Of(this DataRequestDecision decision, string agency = "CTHUE") => decision.Request.Find(agency)!;
}
