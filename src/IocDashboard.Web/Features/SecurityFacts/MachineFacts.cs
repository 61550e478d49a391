using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Keys;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>What holds for the keys of other systems and for screens.</summary>
internal sealed class MachineFacts : ISecurityFacts
{
    public Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SecurityFact>>(
    [
        new(SecurityGroups.Machines, "KeyLongestYears", KeyTerm.LongestYears),
        new(SecurityGroups.Machines, "KeyOverlap", KeyTerm.UsualOverlap),
        new(SecurityGroups.Machines, "KeyRevokedWithin", MachineKeyCache.TrustFor),
        new(SecurityGroups.Machines, "PairingValidFor", Pairings.ValidFor),
        new(SecurityGroups.Machines, "PairingGuesses", Pairings.GuessesAnAccount),
    ]);
}
