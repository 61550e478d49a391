namespace IocDashboard.Domain.Reporting;

/// <summary>Ước tính, sơ bộ, chính thức; or missing (không có số liệu, with a reason). Decree 94/2022 tells the first three apart.</summary>
public enum ObservationStatus { Estimated, Provisional, Final, Missing }

/// <summary>Whether the centre has verified the figure (article 11.2).</summary>
public enum VerificationState { Unverified, Verified, Returned }

/// <summary>One value of a submission, as it was accepted. <see cref="Value"/> is null exactly when the status is missing.</summary>
public sealed record CellValue(string Indicator, string Area, decimal? Value, ObservationStatus Status, string? Note);
