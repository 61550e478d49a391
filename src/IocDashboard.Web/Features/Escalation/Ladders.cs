using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>The ladder of each rhythm of reports.</summary>
/// <param name="Since">When any of them was last changed.</param>
internal sealed record Ladders(IReadOnlyDictionary<Rhythm, Ladder> OfRhythm, DateTimeOffset Since)
{
    /// <summary>Table <c>ladder</c>: the newest row of each rhythm; the usual ladder where nobody set one.</summary>
    public static async Task<Ladders> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var held = Enum.GetValues<Rhythm>().Where(r => !r.IsStreamed()).ToDictionary(r => r, Ladder.Usual);
        var since = DateTimeOffset.UnixEpoch;
        await using var command = new NpgsqlCommand("select distinct on (rhythm) rhythm, steps::text, quiet::text, set_at from ladder order by rhythm, set_at desc", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var rhythm = (Rhythm)reader.GetInt16(0);
            held[rhythm] = new(rhythm, [.. Read<LadderStep[]>(reader.GetString(1))], Read<QuietHours>(reader.GetString(2)));
            if (reader.GetFieldValue<DateTimeOffset>(3) is var at && at > since) since = at;
        }

        return new(held, since);
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, EventJson.Options)!;
}
