using IocDashboard.Domain;
using JasperFx;
using JasperFx.Events;
using Marten;
using Weasel.Core;

namespace IocDashboard.Web.Platform.Database;

/// <summary>Marten: the events, schema <c>history</c>. Read models are rows of our own, written in the same transaction.</summary>
internal static class HistorySetup
{
    public const string Schema = "history";

    public static void AddHistory(this IServiceCollection services)
    {
        services.AddMarten(options =>
            {
                options.DatabaseSchemaName = Schema;
                options.Events.DatabaseSchemaName = Schema;
                options.Events.StreamIdentity = StreamIdentity.AsString;
                // Both modes give an event its sequence in SaveChanges; rich mode also keeps the version that was expected.
                options.Events.AppendMode = EventAppendMode.Rich;
                options.Events.UseAdvisoryLockTransaction = true;
                options.Events.MetadataConfig.HeadersEnabled = false;
                options.Events.AddEventTypes(HistoryEvents.Types);
                options.UseSystemTextJsonForSerialization(EventJson.Create(), EnumStorage.AsString);
                // The migrator alone changes the schema.
                options.AutoCreateSchemaObjects = AutoCreate.None;
                options.DisableNpgsqlLogging = true;
            })
            .UseNpgsqlDataSource()
            .UseLightweightSessions();
    }
}
