using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Scheduling;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Jobs;

/// <summary>How every job of the schedule stands, on whatever node; any can be run now. Reads what the node's watch saw last, no database of its own.</summary>
public sealed partial class JobsPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<JobState> _jobs = [];
    private (IReadOnlyList<JobState>, string?, bool)? _drawn;
    private string? _said;
    private bool _wrong, _busy;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private JobWatch Watch { get; set; } = null!;

    [Inject]
    private RunJobNow RunNow { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<JobsPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    /// <summary>Its coming is the beat that the list is looked at by.</summary>
    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    protected override async Task OnInitializedAsync() => _me = AuditActor.Of((await Session).User, address: null);

    protected override void OnParametersSet() => _jobs = Watch.Current;

    protected override bool ShouldRender()
    {
        var shown = (_jobs, _said, _busy);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }

    private async Task RunAsync(JobState job)
    {
        _busy = true;
        var name = JobText.Name(job.Plan);
        try
        {
            switch (await RunNow.Handle(job.Plan.Name, _me, _closed.Token))
            {
                case RunJobOutcome.Asked: Say(T("Jobs.Asked", name)); break;
                case RunJobOutcome.AlreadyRunning already: Say(T("Jobs.AlreadyRunning", name, When(already.Run.Since), JobNode.Machine(already.Run.Node)), wrong: true); break;
                case RunJobOutcome.AlreadyAsked: Say(T("Jobs.AlreadyAsked", name), wrong: true); break;
                default: Say(T("Jobs.Unknown", name), wrong: true); break;
            }
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "Job {Job} could not be run now, trace {Trace}", job.Plan.Name, trace);
            Say(T("Jobs.Failed", name, trace), wrong: true);
        }

        _busy = false;
    }

    private void Say(string text, bool wrong = false) => (_said, _wrong) = (text, wrong);

    private string When(DateTimeOffset instant) => Time.Local(instant).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
