using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>A rhythm's new ladder.</summary>
/// <param name="Seen">When the ladder was set that whoever wrote this had before them; the epoch for the usual one.</param>
public sealed record SetLadder(Ladder Ladder, DateTimeOffset Seen, string? Reason);

/// <summary>What became of it, or would. Nothing was kept when there are findings.</summary>
/// <param name="Moved">How many reports have steps to come that differ.</param>
public sealed record LadderOutcome(IReadOnlyList<LadderFinding> Findings, int Moved);

/// <summary>
/// Sets a rhythm's ladder for what is still to come: a new row and the entry on the audit trail in one transaction, then the plans of the
/// reports concerned. A node that ends between the two leaves the plans to the hourly run of <see cref="PlanSteps"/>.
/// </summary>
public sealed class SetLadderHandler(NpgsqlDataSource database, CatalogueCache catalogue, AuditTrail audit, PlanSteps plan, ProvinceTime time, TimeProvider clock)
{
    public const int LongestReason = 400;
    public const string NoReason = "reason-required", ChangedMeanwhile = "changed-meanwhile", Same = "same-as-before";

    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_4C414444;

    /// <summary>What setting it would do; nothing is written.</summary>
    public async Task<LadderOutcome> Preview(Ladder ladder, CancellationToken cancellation)
    {
        if (LadderRules.Judge(ladder) is { Length: > 0 } findings) return new(findings, 0);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        var before = (await Ladders.ReadAsync(connection, cancellation)).OfRhythm[ladder.Rhythm];
        return IsSame(before, ladder) ? new([new(null, Same)], 0) : new([], await CountMovedAsync(connection, before, ladder, cancellation));
    }

    public async Task<LadderOutcome> Handle(SetLadder command, AuditActor by, CancellationToken cancellation)
    {
        var reason = command.Reason?.Trim() ?? "";
        if (reason.Length is 0 or > LongestReason) return new([new(null, NoReason)], 0);
        var preview = await Preview(command.Ladder, cancellation);
        if (preview.Findings.Count > 0) return preview;

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(cancellation))
        {
            await using (var held = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { Parameters = { Sql.Of(LockNumber) } }) await held.ExecuteNonQueryAsync(cancellation);
            var ladders = await Ladders.ReadAsync(connection, cancellation);
            var (rhythm, since) = (command.Ladder.Rhythm, ladders.Since[command.Ladder.Rhythm]);
            if (since != command.Seen) return new([new(null, ChangedMeanwhile)], 0);
            // Later than any ladder and than the calendar, on whatever clocks: plans are made anew by the newest of them.
            var now = Micros.Truncate(clock.GetUtcNow());
            var last = ladders.Since.Values.Concat(catalogue.Current.Calendars.Entries.TakeLast(1).Select(e => e.RecordedAt)).Max();
            if (now <= last) now = last.AddTicks(TimeSpan.TicksPerMicrosecond);
            var steps = JsonSerializer.Serialize(command.Ladder.Steps, EventJson.Options);
            var quiet = JsonSerializer.Serialize(command.Ladder.Quiet, EventJson.Options);
            await using var insert = new NpgsqlCommand("insert into ladder (rhythm, steps, quiet, set_by, reason, set_at) values ($1, $2, $3, $4, $5, $6)", connection)
            {
                Parameters = { Sql.Of((short)rhythm), Sql.Json(steps), Sql.Json(quiet), Sql.Of(by.Name), Sql.Of(reason), Sql.Of(now) },
            };
            await insert.ExecuteNonQueryAsync(cancellation);
            await audit.AppendAsync(transaction, AuditActions.LadderSet, rhythm.ToString(), AuditOutcome.Done, Told(ladders.OfRhythm[rhythm]), Told(command.Ladder, reason), by, cancellation);
            await transaction.CommitAsync(CancellationToken.None);
        }

        await plan.Handle(CancellationToken.None);
        return preview;
    }

    private async Task<int> CountMovedAsync(NpgsqlConnection connection, Ladder before, Ladder after, CancellationToken cancellation)
    {
        var (now, count) = (clock.GetUtcNow(), 0);
        await using var command = new NpgsqlCommand($"""
            with pending as ({PlanSteps.Pending}) select r.agency, r.due_at, count(*)::int from pending join report r using (id) where {Ladders.RhythmOfReport} = $2 group by 1, 2
            """, connection) { Parameters = { Sql.Of(now), Sql.Of(after.Rhythm.ToString()) } };
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var (calendar, dueAt) = (catalogue.Current.CalendarOf(rows.GetString(0)), rows.GetFieldValue<DateTimeOffset>(1));
            if (PlanOf(before) != PlanOf(after)) count += rows.GetInt32(2);
            string PlanOf(Ladder ladder) => string.Join(';', LadderPlan.Of(ladder, dueAt, calendar, time, now).Select(s => string.Create(CultureInfo.InvariantCulture, $"{Text(s.Step)}@{s.At.UtcTicks}")));
        }

        return count;
    }

    private static bool IsSame(Ladder one, Ladder other) => one.Quiet == other.Quiet && one.Steps.Select(Text).SequenceEqual(other.Steps.Select(Text), StringComparer.Ordinal);

    private static string Text(LadderStep step) => JsonSerializer.Serialize(step, EventJson.Options);

    private static JsonObject Told(Ladder ladder, string? reason = null) => new()
    {
        ["steps"] = JsonSerializer.SerializeToNode(ladder.Steps, EventJson.Options), ["quiet"] = JsonSerializer.SerializeToNode(ladder.Quiet, EventJson.Options), ["reason"] = reason,
    };
}
