using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>Days of the nation's working calendar, or of one agency's.</summary>
/// <param name="Agency">Empty: the nation's.</param>
public sealed record EnterCalendarDays(string Agency, IReadOnlyList<CalendarDay> Days);

/// <summary>Why a day is not taken.</summary>
/// <param name="Code"><c>unknown-kind</c>, <c>not-a-saturday</c>, <c>name-required</c>, <c>basis-required</c>, <c>too-far</c>, <c>twice</c>, or <c>unknown-agency</c> of all.</param>
public sealed record CalendarFinding(DateOnly? Day, string Code);

/// <summary>What was entered, or would be. Nothing was kept when there are findings.</summary>
/// <param name="Changed">Those that differ from what was entered for them before.</param>
/// <param name="Moved">The deadlines that move with them.</param>
public sealed record CalendarOutcome(IReadOnlyList<CalendarFinding> Findings, IReadOnlyList<CalendarDay> Changed, IReadOnlyList<MovedDeadline> Moved);

/// <summary>
/// Enters days into the working calendar: one transaction with the change row that tells every node and the entry on the audit trail. What
/// was known before stays known; deadlines that are still to come move with it, what is settled or missed does not.
/// </summary>
public sealed class EnterCalendarDaysHandler(
    NpgsqlDataSource database, CatalogueCache catalogue, CatalogueLoader loader, CommitSignal committed, AuditTrail audit, RescheduleReports reschedule, TimeProvider clock)
{
    public const int Most = 2_000, LongestName = 200, LongestBasis = 400;
    private static readonly DateOnly First = new(2000, 1, 1), Last = new(2100, 12, 31);

    /// <summary>What entering them would do; nothing is written.</summary>
    public async Task<CalendarOutcome> Preview(EnterCalendarDays command, CancellationToken cancellation)
    {
        var snapshot = catalogue.Current;
        if (Judge(command, snapshot) is { Count: > 0 } findings) return new(findings, [], []);
        var changed = ChangedOf(command, snapshot.Calendars);
        var then = new CalendarBook(snapshot.Calendars.Entries.Concat(changed.Select(d =>
            new CalendarEntry(d.Day, d.NameVi, d.NameEn, d.Confirmed, d.Kind, d.Basis, clock.GetUtcNow(), command.Agency))));
        return new([], changed, changed.Count == 0 ? [] : await reschedule.Preview(then, cancellation));
    }

    public async Task<CalendarOutcome> Handle(EnterCalendarDays command, AuditActor by, CancellationToken cancellation)
    {
        var preview = await Preview(command, cancellation);
        if (preview.Findings.Count > 0 || preview.Changed.Count == 0) return preview;

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await CatalogueRows.LockAsync(connection, cancellation);

        // After the lock: what was committed while this waited came before.
        var now = Micros.Truncate(clock.GetUtcNow());
        if (await CatalogueRows.WriteCalendarAsync(connection, preview.Changed, command.Agency, by.Name, now, cancellation) == 0) return preview with { Changed = [], Moved = [] };
        await CatalogueRows.WriteChangeAsync(connection, [], now, cancellation);
        await audit.AppendAsync(transaction, AuditActions.CalendarEntered, command.Agency.Length == 0 ? "*" : command.Agency, AuditOutcome.Done, after: new()
        {
            ["days"] = new JsonArray([.. preview.Changed.Select(d => (JsonNode)$"{d.Day:yyyy-MM-dd} {d.Kind}")]),
            ["basis"] = string.Join("; ", preview.Changed.Select(d => d.Basis).Distinct(StringComparer.Ordinal)),
        }, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        await loader.LoadAsync(CancellationToken.None);
        committed.Pulse();
        // A node that ends here leaves the deadlines to the next opening of obligations.
        await reschedule.Handle(CancellationToken.None);
        return preview;
    }

    private static List<CalendarDay> ChangedOf(EnterCalendarDays command, CalendarBook calendars)
    {
        var held = calendars.Entries.Where(e => e.Agency == command.Agency).GroupBy(e => e.Day).ToDictionary(d => d.Key, d => d.Last().AsDay());
        return [.. command.Days.Where(d => held.GetValueOrDefault(d.Day) is var before && before != d && (before is not null || d.Kind != CalendarDay.Ordinary))];
    }

    private static List<CalendarFinding> Judge(EnterCalendarDays command, CatalogueSnapshot snapshot)
    {
        if (command.Agency.Length > 0 && !snapshot.Agencies.ContainsKey(command.Agency)) return [new(null, "unknown-agency")];
        var findings = new List<CalendarFinding>();
        var seen = new HashSet<DateOnly>();
        foreach (var day in command.Days)
        {
            if (day.Day < First || day.Day > Last) findings.Add(new(day.Day, "too-far"));
            if (!CalendarDay.Kinds.Contains(day.Kind)) findings.Add(new(day.Day, "unknown-kind"));
            if (day.Kind == CalendarDay.WorkingSaturday && day.Day.DayOfWeek != DayOfWeek.Saturday) findings.Add(new(day.Day, "not-a-saturday"));
            if (string.IsNullOrWhiteSpace(day.NameVi) || string.IsNullOrWhiteSpace(day.NameEn) || day.NameVi.Length > LongestName || day.NameEn.Length > LongestName)
                findings.Add(new(day.Day, "name-required"));
            if (string.IsNullOrWhiteSpace(day.Basis) || day.Basis.Length > LongestBasis) findings.Add(new(day.Day, "basis-required"));
            if (!seen.Add(day.Day)) findings.Add(new(day.Day, "twice"));
        }

        return findings;
    }
}
