namespace IocDashboard.Web.Features.Governance;

internal static class GovernanceModule
{
    /// <summary>The indicator set: proposed by the steward, decided by the Chairman, in force from a day.</summary>
    public static IServiceCollection AddGovernance(this IServiceCollection services) => services
        .AddSingleton<GovernanceTransaction>()
        .AddSingleton<ProposeChangeHandler>()
        .AddSingleton<WithdrawProposalHandler>()
        .AddSingleton<RecordDecisionHandler>()
        .AddSingleton<FindProposals>();
}
