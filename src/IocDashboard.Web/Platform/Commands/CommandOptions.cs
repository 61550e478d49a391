namespace IocDashboard.Web.Platform.Commands;

/// <summary>Options of a command: <c>--name value</c> or <c>--name=value</c>, each at most once.</summary>
internal sealed class CommandOptions
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>Null when not given.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Null, and a line that says so, when not given.</summary>
    public string? Required(string name)
    {
        if (!_values.ContainsKey(name)) Wrong($"--{name} is missing");
        return this[name];
    }

    /// <summary>Null, and a line that says why, when the arguments are anything but the options named.</summary>
    public static CommandOptions? Read(string[] arguments, params string[] names)
    {
        var options = new CommandOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            var parts = arguments[i].Split('=', 2);
            var name = parts[0].StartsWith("--", StringComparison.Ordinal) ? parts[0][2..] : "";
            if (!names.Contains(name)) return Refuse($"\"{arguments[i]}\" is no option here; the options are: {string.Join(", ", names.Select(n => "--" + n))}");
            if (parts.Length == 1 && i + 1 == arguments.Length) return Refuse($"--{name} needs a value");
            if (!options._values.TryAdd(name, parts.Length == 2 ? parts[1] : arguments[++i])) return Refuse($"--{name} is given twice");
        }

        return options;
    }

    /// <summary>Says what is wrong; returns the exit code for it.</summary>
    public static int Wrong(string problem)
    {
        Console.Error.WriteLine(problem);
        return ExitCodes.Usage;
    }

    private static CommandOptions? Refuse(string problem)
    {
        Wrong(problem);
        return null;
    }
}
