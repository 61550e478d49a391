using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>
/// With what this process runs: build, schema, and every setting that is ours, given or not. Of a secret only whether it is set;
/// beside it a slow salted hash, by which the next start knows that it was changed.
/// </summary>
internal static class EffectiveSettings
{
    public const string Set = "set", Changed = "changed";

    private const int HashRounds = 100_000, HashBytes = 32, SaltBytes = 16;

    private static readonly string[] Sections = [IocSettings.Section, "ConnectionStrings", "Serilog", "Kestrel"], Single = ["urls", "http_ports", "https_ports", "AllowedHosts"];

    /// <summary>Name and value; of secrets the value itself, for the hash: it must go nowhere else.</summary>
    public static SortedDictionary<string, string> Read(IConfiguration configuration, IocSettings settings, string environment)
    {
        var found = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["build"] = BuildInfo.Version, ["schema"] = DatabaseMigrator.CurrentVersion.ToString(CultureInfo.InvariantCulture), ["environment"] = environment,
        };
        foreach (var (key, value) in Sections.SelectMany(s => configuration.GetSection(s).AsEnumerable()))
            if (!string.IsNullOrEmpty(value)) found[key] = value;
        foreach (var key in Single)
            if (configuration[key] is { Length: > 0 } value) found[key] = value;
        Flatten(JsonSerializer.SerializeToNode(settings), IocSettings.Section, found);
        return found;
    }

    public static string Fingerprint(string secret)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return $"{Convert.ToBase64String(salt)}:{Convert.ToBase64String(Hash(secret, salt))}";
    }

    public static bool Fits(string secret, string fingerprint) =>
        fingerprint.Split(':') is [var salt, var hash]
        && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(hash), Hash(secret, Convert.FromBase64String(salt)));

    private static byte[] Hash(string secret, byte[] salt) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(secret), salt, HashRounds, HashAlgorithmName.SHA256, HashBytes);

    private static void Flatten(JsonNode? node, string path, SortedDictionary<string, string> into)
    {
        switch (node)
        {
            case JsonObject parts:
                foreach (var (name, part) in parts) Flatten(part, $"{path}:{name}", into);
                break;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++) Flatten(items[i], string.Create(CultureInfo.InvariantCulture, $"{path}:{i}"), into);
                break;
            case not null:
                into[path] = node.ToString();
                break;
        }
    }
}
