namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>The answer to a call of measurements, after its commit. Corrections count as accepted.</summary>
public sealed record MeasurementReceipt(int Accepted, int Duplicates);
