using System.Diagnostics.CodeAnalysis;

namespace IocDashboard.Web.Platform.Database;

/// <summary>
/// A row of <c>current_value</c> as the composite type <c>ioc.head_row</c>: a whole message's rows go over as one parameter,
/// each with its own arrays, which parallel arrays cannot carry.
/// </summary>
[SuppressMessage("Design", "MA0109", Justification = "Npgsql writes arrays.")]
public sealed class HeadRow
{
    public const string TypeName = "ioc.head_row";

    public int SeriesId { get; set; }
    public DateTimeOffset TimeKey { get; set; }
    public char Rhythm { get; set; }
    public int Revision { get; set; }
    public decimal? Value { get; set; }
    public short Status { get; set; }
    public short Verification { get; set; }
    public long Seq { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset ReceivedAt { get; set; }
    public string? Note { get; set; }
    public DateTimeOffset[] RecentKeys { get; set; } = [];
    public decimal?[] RecentValues { get; set; } = [];
}
