using IocDashboard.Domain.FocalPoints;

namespace IocDashboard.Domain.Tests.FocalPoints;

/// <summary>Focal points of one agency, and commands that are sound unless a test makes them otherwise.</summary>
internal static class Officers
{
    public static readonly DateTimeOffset At = Province.At("2026-11-23 10:00");

    public static readonly FocalPoint Principal = Of("2026-01-01");

    public static FocalPoint Of(string from, string? until = null, FocalPointKind kind = FocalPointKind.Principal, string agency = "SYT") => new(
        Guid.NewGuid(), agency, kind, new("Nguyễn Văn Minh Họa", "Chánh Văn phòng", "0235 000 0001", "minhhoa@example.vn"),
        new(DateOnly.Parse(from), until is null ? null : DateOnly.Parse(until)), new("truc.ban", At.AddDays(-300)));

    public static RecordFocalPoint Naming(string? from, string? until = null) => new(
        Guid.NewGuid(), "SYT", FocalPointKind.Principal, "Trần Thị Ví Dụ", "Phó Chánh Văn phòng", "0235 000 0002", "vidu@example.vn",
        from is null ? null : DateOnly.Parse(from), until is null ? null : DateOnly.Parse(until), null, "lanh.dao", At);

    public static EndFocalPoint Ending(FocalPoint focalPoint, string? until) =>
        new(focalPoint.Id, until is null ? null : DateOnly.Parse(until), "lanh.dao", At);

    public static IEnumerable<(string Field, string Code)> Refusals(this FocalPointDecision decision) => decision.Errors.Select(e => (e.Field, e.Code));
}
