using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IocDashboard.Benchmarks.Running;

/// <summary>The figures for machines and for the record: what was measured, where, on which commit, when.</summary>
internal static class ResultFile
{
    private static readonly JsonSerializerOptions OnOneLine = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly JsonSerializerOptions Indented = new(OnOneLine) { WriteIndented = true };

    public static string Line(Result result) => JsonSerializer.Serialize(result, OnOneLine);

    /// <summary>Returns the file, below the project's own directory when it is run from its tree.</summary>
    public static async Task<string> WriteAsync(string machine, Options options, IReadOnlyList<Result> results)
    {
        var now = TimeProvider.System.GetUtcNow();
        var directory = Path.Combine(ProjectDirectory() ?? Environment.CurrentDirectory, "results");
        Directory.CreateDirectory(directory);
        var names = results.Select(r => r.Name.Split(' ')[0]).Distinct(StringComparer.Ordinal).ToList();
        var path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{now:yyyy-MM-dd}-{(names.Count == 1 ? names[0] : now.ToString("HHmm", CultureInfo.InvariantCulture))}.json"));
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(
            new { date = now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), commit = Commit(), machine, quick = options.Quick, figures = results }, Indented) + "\n");
        return path;
    }

    private static string Commit()
    {
        var version = typeof(ResultFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
        return version.Split('+') is [_, { Length: > 0 } commit] ? commit : "unknown";
    }

    private static string? ProjectDirectory()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "IocDashboard.Benchmarks.csproj"))) return directory.FullName;
        return null;
    }
}
