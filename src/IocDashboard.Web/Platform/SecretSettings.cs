namespace IocDashboard.Web.Platform;

/// <summary>
/// Where secrets come from: environment variables, or files named like settings in <c>Ioc__SecretsDirectory</c>, e.g.
/// <c>ConnectionStrings__Ioc</c>, as container platforms mount them. Never the command line, which every program of the machine
/// can read. Their values are neither logged nor printed.
/// </summary>
public static class SecretSettings
{
    private const string DirectoryKey = IocSettings.Section + ":" + nameof(IocSettings.SecretsDirectory);

    private static readonly string[] Words = ["password", "secret", "token", "privatekey", "apikey", "connectionstring", "credential"];

    public static bool IsSecret(string key) =>
        key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase)
        // The directory's name is where they are, not what they are.
        || (!key.Equals(DirectoryKey, StringComparison.OrdinalIgnoreCase) && Words.Any(w => Last(key).Contains(w, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Adds the files of the directory, if one is set; they win over the environment.</summary>
    /// <exception cref="StartFailureException">The directory or a file in it cannot be read.</exception>
    public static void AddFiles(IConfigurationBuilder builder, IConfiguration configuration)
    {
        if (configuration[DirectoryKey] is not { Length: > 0 } given) return;
        var directory = Path.GetFullPath(given);
        try
        {
            foreach (var file in Directory.EnumerateFiles(directory)) File.OpenRead(file).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(ExitCodes.BadSettings, $"The secrets in {directory} (Ioc__SecretsDirectory) cannot be read: {e.Message}", e);
        }

        builder.AddKeyPerFile(directory, optional: false, reloadOnChange: false);
    }

    /// <exception cref="StartFailureException">A secret stands on the command line.</exception>
    public static void RefuseIn(IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
        {
            var name = argument.Split('=', 2)[0].TrimStart('-', '/').Replace("__", ":", StringComparison.Ordinal);
            if (name.Contains(':', StringComparison.Ordinal) && IsSecret(name))
                throw new StartFailureException(ExitCodes.BadSettings,
                    $"{name} is a secret and is not taken from the command line, which every program of this machine can read. Set it in the environment, or in a file of that name in Ioc__SecretsDirectory.");
        }
    }

    private static string Last(string key) => key[(key.LastIndexOf(':') + 1)..];
}
