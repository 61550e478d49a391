namespace IocDashboard.Domain.Reporting;

public enum ReportState { Open, Draft, Submitted, Returned, Verified, Locked }
