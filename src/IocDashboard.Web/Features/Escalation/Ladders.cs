using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>The ladder of each rhythm of reports.</summary>
/// <param name="Since">When each was set; the epoch where nobody has.</param>
internal sealed record Ladders(IReadOnlyDictionary<Rhythm, Ladder> OfRhythm, IReadOnlyDictionary<Rhythm, DateTimeOffset> Since)
{
    public static readonly IReadOnlyList<Rhythm> Rhythms = [.. Enum.GetValues<Rhythm>().Where(r => !r.IsStreamed())];

    /// <summary>Which ladder a report climbs: its rhythm, by how its period is written.</summary>
    public const string RhythmOfReport = """
        case when r.period like '%W%' then 'Weekly' when r.period like '%Q%' then 'Quarterly' when r.period like '%S%' then 'HalfYearly'
             when length(r.period) = 4 then 'Yearly' when length(r.period) = 7 then 'Monthly' else 'Daily' end
        """;

    /// <summary>Table <c>ladder</c>: the newest row of each rhythm; the usual ladder where nobody set one.</summary>
    public static async Task<Ladders> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var held = Rhythms.ToDictionary(r => r, Ladder.Usual);
        var since = Rhythms.ToDictionary(r => r, _ => DateTimeOffset.UnixEpoch);
        await using var command = new NpgsqlCommand("select distinct on (rhythm) rhythm, steps::text, quiet::text, set_at from ladder order by rhythm, set_at desc", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var rhythm = (Rhythm)reader.GetInt16(0);
            held[rhythm] = Of(rhythm, reader.GetString(1), reader.GetString(2));
            since[rhythm] = reader.GetFieldValue<DateTimeOffset>(3);
        }

        return new(held, since);
    }

    public static Ladder Of(Rhythm rhythm, string steps, string quiet) => new(rhythm, [.. Read<LadderStep[]>(steps)], Read<QuietHours>(quiet));

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, EventJson.Options)!;
}
