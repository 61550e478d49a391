using IocDashboard.Web.Features.Scheduling;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>When a job is told to be stuck, silent, halted or failing, and when it is not: after a start, a pause of the machine, a handover.</summary>
public sealed class JobJudgeTests
{
    private const string Node = "node-a";

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly JobPlan Plan = new("sweep-overdue", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2)), Hourly = new("open-obligations", TimeSpan.FromHours(1), TimeSpan.FromMinutes(30));

    [Theory]
    [InlineData(119, 3600, null)]
    [InlineData(121, 3600, JobFault.Stuck)]
    [InlineData(3000, 60, null)] // the node has looked for a minute only: it has just started, or the machine was asleep
    [InlineData(3000, 130, JobFault.Stuck)]
    public void Run_BeyondItsLimit_IsStuck(int seconds, int watched, JobFault? expected) =>
        FaultOf(Judge(Plan, null, new(Node, Ago(seconds)), Trigger(seconds), watched)).ShouldBe(expected);

    [Theory]
    [InlineData(100, 3600, null)] // a node died, and another has yet to find out
    [InlineData(124, 3600, JobFault.Silent)]
    [InlineData(3600, 100, null)]
    [InlineData(3600, 124, JobFault.Silent)]
    public void Job_NotFiredForSeveralIntervals_IsSilent(int fired, int watched, JobFault? expected) => FaultOf(Judge(Plan, null, null, Trigger(fired), watched)).ShouldBe(expected);

    [Theory]
    [InlineData(3 * 3600, null)]
    [InlineData((3 * 3600) + 121, JobFault.Silent)]
    public void Job_OfEveryHour_HasHours(int fired, JobFault? expected) => FaultOf(Judge(Hourly, null, null, Trigger(fired), watched: 86_400)).ShouldBe(expected);

    [Fact]
    public void Job_WhoseScheduleWasJustPutIntoTheStoreAnew_OrThatRanByItself_IsNotSilent()
    {
        Judge(Plan, null, null, new(null, Ago(5), IsHalted: false), 86_400).ShouldBeNull();
        Judge(Plan, Record(failures: 0, startedAgo: 10), null, Trigger(3600), 86_400).ShouldBeNull();
        FaultOf(Judge(Plan, null, null, trigger: null, 86_400)).ShouldBe(JobFault.Silent);
    }

    [Fact]
    public void Job_HaltedInTheStore_IsToldAtOnce_UnlessItsLastRunStillGoes()
    {
        FaultOf(Judge(Plan, null, null, new(Ago(1), Ago(60), IsHalted: true), watched: 1)).ShouldBe(JobFault.Halted);
        Judge(Plan, null, new(Node, Ago(1)), new(Ago(1), Ago(60), IsHalted: true), watched: 60).ShouldBeNull();
    }

    [Theory]
    [InlineData(2, 600, null)]
    [InlineData(9, 20, null)] // many, but within a wink
    [InlineData(3, 31, JobFault.Failing)]
    public void Job_FailingSeveralTimesAndForAWhile_IsFailing(int failures, int forSeconds, JobFault? expected) =>
        FaultOf(Judge(Plan, Record(failures, startedAgo: 1, forSeconds), null, Trigger(1), 3600)).ShouldBe(expected);

    [Fact]
    public void Line_NamesTheJobAndItsTimes_AndNothingOfWhatWasThrown()
    {
        JobJudge.Say(Plan, new(JobFault.Stuck, Node, Ago(300)), Now).ShouldBe("sweep-overdue is stuck: has run for 5 min, its limit is 2 min");
        JobJudge.Say(Hourly, new(JobFault.Silent, null, Ago(4 * 3600)), Now).ShouldBe("open-obligations is silent: is to run every 60 min, last ran 4 h ago");
        JobJudge.Say(Plan, new(JobFault.Halted, null, null), Now).ShouldBe("sweep-overdue is halted in the scheduler's store and is not fired");
        JobJudge.Say(Plan, new(JobFault.Failing, Node, Ago(45), 44), Now).ShouldBe("sweep-overdue fails: 44 times in a row, for 45 s");
    }

    private static JobFault? FaultOf(JobProblem? problem) => problem?.Fault;

    private static JobProblem? Judge(JobPlan plan, JobRecord? last, RunningJob? running, JobTrigger? trigger, int watched) => JobJudge.Judge(plan, last, running, trigger, Ago(watched), Now);

    private static JobTrigger Trigger(int firedAgo) => new(Ago(firedAgo), Ago(86_400), IsHalted: false);

    private static JobRecord Record(int failures, int startedAgo, int failingFor = 0) =>
        new("x", Node, Ago(startedAgo), Ago(startedAgo), JobOutcome.Failed, failures, failures == 0 ? null : Ago(failingFor), null, null, null);

    private static DateTimeOffset Ago(int seconds) => Now.AddSeconds(-seconds);
}
