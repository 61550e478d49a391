using IocDashboard.Domain.FocalPoints;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>An agency names its focal point, or the centre does for it (article 9.3a).</summary>
public sealed class RecordFocalPointHandler(FocalPointTransaction transaction, CatalogueCache catalogues)
{
    /// <param name="scope">Of whoever records; another agency is answered as one that does not exist.</param>
    public async Task<FocalPointDecision> Handle(RecordFocalPoint command, AgencyScope scope, AuditActor by, CancellationToken cancellation)
    {
        command = command with { At = Micros.Truncate(command.At) };
        return scope.Covers(command.Agency) && catalogues.Current.Agencies.ContainsKey(command.Agency)
            ? await transaction.Run(command.Agency, known => FocalPointDecider.Record(known, command), by, cancellation)
            : await transaction.RefuseAsync(
                AuditActions.FocalPointRecorded, command.Agency, FieldError.At(FocalPointFields.Agency, FocalPointCodes.UnknownAgency), by, cancellation);
    }
}
