using IocDashboard.Domain.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>An officer is no longer the focal point. The entry stays.</summary>
public sealed class EndFocalPointHandler(FindFocalPoints find, FocalPointTransaction transaction)
{
    /// <param name="scope">Of whoever ends it; another agency's identifier is answered as one that does not exist.</param>
    public async Task<FocalPointDecision> Handle(EndFocalPoint command, AgencyScope scope, AuditActor by, CancellationToken cancellation)
    {
        command = command with { At = Micros.Truncate(command.At) };
        return await find.One(command.Id, scope, cancellation) is { } focalPoint
            ? await transaction.Run(focalPoint.Agency, known => FocalPointDecider.End(known.Single(f => f.Id == command.Id), command), by, cancellation)
            : await transaction.RefuseAsync(
                AuditActions.FocalPointEnded, command.Id.ToString(), FieldError.At("", FocalPointCodes.Unknown), by, cancellation);
    }
}
