using System.Collections.Immutable;
using System.Globalization;

namespace IocDashboard.Domain.FocalPoints;

/// <summary>An agency names an officer, anew or in place of another.</summary>
/// <param name="Until">First day that no longer counts; null for an open end.</param>
/// <param name="Replaces">Ends that one on the day this one begins; its kind is then this one's.</param>
public sealed record RecordFocalPoint(
    Guid Id, string Agency, FocalPointKind Kind, string? Name, string? Position, string? Phone, string? Email,
    DateOnly? From, DateOnly? Until, Guid? Replaces, string By, DateTimeOffset At);

/// <summary>An officer is no longer the focal point.</summary>
/// <param name="Until">First day that no longer counts; the first day itself takes the whole back.</param>
public sealed record EndFocalPoint(Guid Id, DateOnly? Until, string By, DateTimeOffset At);

/// <summary>What is to be kept, or why nothing is.</summary>
/// <param name="Recorded">A new one.</param>
/// <param name="Ended">An existing one as it is from now on.</param>
public sealed record FocalPointDecision(FocalPoint? Recorded, FocalPoint? Ended, ImmutableArray<FieldError> Errors)
{
    public bool Accepted => Errors.IsEmpty;
}

/// <summary>At most one principal answers for an agency at a time; deputies may be several.</summary>
public static class FocalPointDecider
{
    /// <param name="known">All that the agency ever had.</param>
    public static FocalPointDecision Record(IReadOnlyCollection<FocalPoint> known, RecordFocalPoint command)
    {
        var predecessor = known.FirstOrDefault(f => f.Id == command.Replaces);
        if (command.Replaces is not null && predecessor is null) return Refuse(FieldError.At("", FocalPointCodes.Unknown));
        if (predecessor?.SucceededBy is not null) return Refuse(FieldError.At("", FocalPointCodes.AlreadySucceeded));

        var (contact, ofContact) = ContactJudge.Judge(command.Name, command.Position, command.Phone, command.Email);
        var errors = ofContact.ToBuilder();
        if (command.From is not { } from)
        {
            errors.Add(FieldError.At(FocalPointFields.From, FocalPointCodes.Required));
            return Refuse(errors.ToArray());
        }

        if (command.Until <= from) errors.Add(FieldError.At(FocalPointFields.Until, FocalPointCodes.EndsBeforeStart));
        if (predecessor?.Validity.From > from)
            errors.Add(FieldError.At(FocalPointFields.From, FocalPointCodes.BeforePredecessor, Text(predecessor.Validity.From)));
        var recorded = new FocalPoint(
            command.Id, command.Agency, predecessor?.Kind ?? command.Kind, contact, new(from, command.Until), new(command.By, command.At.ToUniversalTime()));
        if (recorded.Kind == FocalPointKind.Principal && errors.Count == ofContact.Length && Overlapping(known, recorded, predecessor) is { } other)
            errors.Add(FieldError.At(
                FocalPointFields.From, FocalPointCodes.PrincipalOverlaps,
                other.Contact.Name, Text(other.Validity.From), other.Validity.Until is { } until ? Text(until) : ""));
        return errors.Count > 0 ? Refuse(errors.ToArray()) : new(recorded, predecessor is null ? null : Succeed(predecessor, recorded), []);
    }

    public static FocalPointDecision End(FocalPoint focalPoint, EndFocalPoint command)
    {
        if (command.Until is not { } until) return Refuse(FieldError.At(FocalPointFields.Until, FocalPointCodes.Required));
        if (until < focalPoint.Validity.From) return Refuse(FieldError.At(FocalPointFields.Until, FocalPointCodes.EndsBeforeStart));
        if (focalPoint.Validity.Until <= until) return Refuse(FieldError.At(FocalPointFields.Until, FocalPointCodes.AlreadyEnded));
        return new(null, EndOn(focalPoint, until, new(command.By, command.At.ToUniversalTime())), []);
    }

    private static FocalPoint? Overlapping(IEnumerable<FocalPoint> known, FocalPoint recorded, FocalPoint? predecessor) => known
        .Where(f => f.Kind == FocalPointKind.Principal && f.Id != predecessor?.Id)
        .FirstOrDefault(f => f.Validity.Overlaps(recorded.Validity));

    // One that had ended before keeps its end: there was nobody in between.
    private static FocalPoint Succeed(FocalPoint predecessor, FocalPoint recorded) =>
        (predecessor.Validity.Until <= recorded.Validity.From ? predecessor : EndOn(predecessor, recorded.Validity.From, recorded.Recorded))
        with { SucceededBy = recorded.Id };

    private static FocalPoint EndOn(FocalPoint focalPoint, DateOnly until, Deed deed) =>
        focalPoint with { Validity = focalPoint.Validity with { Until = until }, Ended = deed };

    private static FocalPointDecision Refuse(params ReadOnlySpan<FieldError> errors) => new(null, null, [.. errors]);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
