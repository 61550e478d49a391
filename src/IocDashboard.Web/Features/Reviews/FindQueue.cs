using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Reviews;

/// <summary>One submission that waits for its verifier.</summary>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="Flags">What the judge asked when it was received; null: it was not judged (history from before).</param>
/// <param name="ClaimedBy">Who has taken it on; null: nobody.</param>
public sealed record QueuedReview(Report Report, DateTimeOffset UpdatedAt, int? Flags, string? ClaimedBy)
{
    public bool WasReturned => Report.Returns > 0;

    public bool IsLate => Report.Punctuality == Punctuality.Late;

    /// <summary>The judge looked at it and asked nothing.</summary>
    public bool IsClean => Flags == 0;

    /// <summary>Whether this person may not verify it: they sent it, prepared it, or were the first of its two verifiers.</summary>
    public bool IsBarredTo(string name) => new[] { Report.SubmittedBy, Report.PreparedBy, Report.CheckedBy }.Contains(name, StringComparer.OrdinalIgnoreCase);
}

/// <summary>What waits to be verified, by priority: sent again and late first, then what has flags, then by deadline.</summary>
public sealed class FindQueue(NpgsqlDataSource database)
{
    /// <summary>More than a shift looks through; what is left is counted.</summary>
    public const int Most = 500;

    private static readonly string Columns = string.Join(", ", ReportRows.Columns.Split(", ").Select(c => "r." + c));

    public async Task<ImmutableArray<QueuedReview>> Handle(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select {Columns}, r.updated_at, r.flags, c.claimed_by
            from report r left join review_claim c on c.report = r.id and c.revision = r.submitted_revision
            where r.state = {(short)ReportState.Submitted}
            order by r.returns > 0 desc, r.punctuality = {(short)Punctuality.Late} desc, coalesce(r.flags, 0) > 0 desc, r.due_at, r.id limit {Most}
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var next = ReportRows.Columns.Split(", ").Length;
        var found = ImmutableArray.CreateBuilder<QueuedReview>();
        while (await ReportRows.ReadAsync(reader, cancellation) is { } report)
        {
            found.Add(new(
                report, reader.GetFieldValue<DateTimeOffset>(next), reader.IsDBNull(next + 1) ? null : reader.GetInt32(next + 1), reader.Text(next + 2)));
        }

        return found.ToImmutable();
    }

    /// <summary>How many wait, by index alone.</summary>
    public async Task<int> CountAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select count(*)::int from report where state = {(short)ReportState.Submitted}");
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
