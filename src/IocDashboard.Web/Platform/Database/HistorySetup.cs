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
        services.AddMarten(provider =>
            {
                var options = new StoreOptions();
                options.DatabaseSchemaName = Schema;
                options.Events.DatabaseSchemaName = Schema;
                options.Events.StreamIdentity = StreamIdentity.AsString;
                // One round trip, and an event knows its sequence after SaveChanges. No expected version is checked: a write holds
                // the advisory lock of its stream before it reads.
                options.Events.AppendMode = EventAppendMode.Quick;
                options.Events.TimeProvider = provider.GetRequiredService<TimeProvider>();
                options.Events.UseAdvisoryLockTransaction = true;
                options.Events.MetadataConfig.HeadersEnabled = false;
                options.Events.AddEventTypes(HistoryEvents.Types);
                options.UseSystemTextJsonForSerialization(EventJson.Create(), EnumStorage.AsString, Casing.Default);
                // The migrator alone changes the schema.
                options.AutoCreateSchemaObjects = AutoCreate.None;
                options.DisableNpgsqlLogging = true;
                return options;
            })
            .UseNpgsqlDataSource()
            .UseLightweightSessions();
    }
}
