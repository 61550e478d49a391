using System.Text.Encodings.Web;
using System.Text.Json;
using IocDashboard.Web.Platform;

namespace IocDashboard.Web.Demo.Access;

internal sealed record DemoUser(string Role, string UserName, string Password, string Agency);

internal sealed record DemoKey(string Scope, string Agency, string Token);

/// <summary>
/// <c>demo-credentials.json</c> in the data directory: working accounts and keys of a demonstration, in the clear and
/// readable by the owner of the process alone. The tokens are kept nowhere else.
/// </summary>
internal sealed record DemoCredentials(IReadOnlyList<DemoUser> Users, IReadOnlyList<DemoKey> Keys)
{
    public const string FileName = "demo-credentials.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string? TokenOf(string scope, string agency) => Keys.FirstOrDefault(k => k.Scope == scope && k.Agency == agency)?.Token;

    /// <summary>Null when there is no such file, or it cannot be understood.</summary>
    public static DemoCredentials? Read(IocSettings settings)
    {
        try
        {
            var read = JsonSerializer.Deserialize<DemoCredentials>(File.ReadAllBytes(settings.PathOf(FileName)), Json);
            return read is { Users: not null, Keys: not null } ? read : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Appears whole and closed to others from its first moment.</summary>
    public void Write(IocSettings settings)
    {
        var path = settings.PathOf(FileName);
        var fresh = path + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, this, Json);
            file.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
