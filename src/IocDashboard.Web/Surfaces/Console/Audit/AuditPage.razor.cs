using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Audit;

/// <summary>The audit trail, newest first, a hundred at a time. What is looked for stands in the address.</summary>
public sealed partial class AuditPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<AuditEntry> _entries = [];

    [Inject]
    private FindAudit Find { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "action")]
    private string? Action { get; set; }

    [SupplyParameterFromQuery(Name = "who")]
    private string? Who { get; set; }

    /// <summary>First day, as the province counts days; <c>dd/MM/yyyy</c> or <c>yyyy-MM-dd</c>.</summary>
    [SupplyParameterFromQuery(Name = "from")]
    private string? From { get; set; }

    /// <summary>Last day.</summary>
    [SupplyParameterFromQuery(Name = "to")]
    private string? To { get; set; }

    /// <summary>Sequence of the last entry of the page before.</summary>
    [SupplyParameterFromQuery(Name = "below")]
    private long? Below { get; set; }

    private string ExportHref => AuditExport.Path + AuditExport.QueryOf(Action, Who, From, To, below: null);

    private string OlderHref => "/console/audit" + AuditExport.QueryOf(Action, Who, From, To, _entries[^1].Seq);

    protected override async Task OnParametersSetAsync() =>
        _entries = await Find.Handle(AuditExport.Question(Action, Who, From, To, Time), Below, FindAudit.MostPerPage, _closed.Token);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
