namespace IocDashboard.Domain.Reporting;

/// <summary>
/// From the due instant to receipt. <c>NotDue</c>: nothing received and the deadline lies ahead. <c>OnTime</c>: received by it.
/// <c>Late</c> (trễ hạn): received after it. <c>Overdue</c> (quá hạn): still not received.
/// </summary>
public enum Punctuality { NotDue, OnTime, Late, Overdue }
