using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace IocDashboard.Web.Platform.Access;

/// <summary>Data-protection keys in the database: every node reads the same sessions, and a restart ends none.</summary>
internal sealed class DatabaseKeyRing(NpgsqlDataSource database, TimeProvider time) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var select = database.CreateCommand("select content from ioc.data_protection_key order by created_at");
        using var reader = select.ExecuteReader();
        var elements = new List<XElement>();
        while (reader.Read()) elements.Add(XElement.Parse(reader.GetString(0)));
        return elements;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var insert = database.CreateCommand(
            "insert into ioc.data_protection_key (name, content, created_at) values ($1, $2, $3) on conflict (name) do nothing");
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = friendlyName },
            new() { Value = element.ToString(SaveOptions.DisableFormatting) },
            new() { Value = time.GetUtcNow() },
        });
        insert.ExecuteNonQuery();
    }
}
