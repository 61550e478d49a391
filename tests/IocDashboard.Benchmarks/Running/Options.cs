namespace IocDashboard.Benchmarks.Running;

/// <summary><c>./ioc bench [NAME…] [--quick] [--json] [--save] [--large]</c></summary>
/// <param name="Names">Empty: all of them.</param>
/// <param name="Quick">A few seconds each: shows that a benchmark works, not what the centre can do.</param>
/// <param name="Json">One object per figure and line in place of the table.</param>
/// <param name="Save">Also keep the figures under <c>tests/IocDashboard.Benchmarks/results</c>.</param>
/// <param name="Large">Also the sizes that take minutes to prepare.</param>
internal sealed record Options(IReadOnlyList<string> Names, bool Quick, bool Json, bool Save, bool Large)
{
    /// <summary>Null with an unknown option.</summary>
    public static Options? Parse(IEnumerable<string> arguments)
    {
        var options = new Options([], Quick: false, Json: false, Save: false, Large: false);
        foreach (var argument in arguments)
        {
            switch (argument)
            {
                case "--quick": options = options with { Quick = true }; break;
                case "--json": options = options with { Json = true }; break;
                case "--save": options = options with { Save = true }; break;
                case "--large": options = options with { Large = true }; break;
                case ['-', ..]: return null;
                default: options = options with { Names = [.. options.Names, argument] }; break;
            }
        }

        return options;
    }
}
