namespace IocDashboard.Web.Platform.Commands;

/// <summary>Something that <c>./ioc NAME …</c> does in place of running the centre.</summary>
/// <param name="Name">One word or two: <c>migrate</c>, <c>key add</c>.</param>
/// <param name="Arguments">As shown by <c>./ioc help</c>; empty when there are none.</param>
/// <param name="Summary">One line in English, for whoever runs the centre.</param>
/// <param name="RunAsync">Gets what follows the name; returns one of <see cref="ExitCodes"/>.</param>
public sealed record Command(string Name, string Arguments, string Summary, Func<string[], Task<int>> RunAsync)
{
    /// <summary>The application for a command: built over the database and not started, its log only in the log files.</summary>
    public static Task<WebApplication> OpenApplicationAsync(params (string Key, string Value)[] settings) => IocApplication.BuildAsync([], builder =>
    {
        builder.Configuration.AddInMemoryCollection([new("Ioc:LogToConsole", "false")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
    });
}
