namespace IocDashboard.Domain.Alerts;

/// <summary>How abnormal the world is by one figure: normal, ▲ cảnh báo, ◆ nghiêm trọng, ◆ báo động III.</summary>
public enum Severity { Normal, Warning, Critical, Extreme }
