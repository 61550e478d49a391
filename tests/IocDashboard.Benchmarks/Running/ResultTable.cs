using System.Globalization;

namespace IocDashboard.Benchmarks.Running;

/// <summary>The figures for a person.</summary>
internal static class ResultTable
{
    private static readonly string[] Heads = ["figure", "value", "ratio", "quartiles", "target", "", "against"];

    public static void Print(IReadOnlyList<Result> results)
    {
        string[][] rows = [Heads, .. results.Select(Cells)];
        var widths = Heads.Select((_, column) => rows.Max(r => r[column].Length)).ToArray();
        Console.WriteLine();
        foreach (var row in rows) Console.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    public static string Line(Result result) => "  " + string.Join("  ", Cells(result).Where(c => c.Length > 0));

    private static string[] Cells(Result result) =>
    [
        result.Name,
        $"{Number(result.Value)} {result.Unit}",
        result.Ratio is { } ratio ? Number(ratio) + "×" : "",
        result.Spread is [var low, var high] ? $"{Number(low)} – {Number(high)}" : "",
        result.Target ?? "",
        result.Met switch { true => "met", false => "SHORT", null => "" },
        result.Against ?? "",
    ];

    private static string Number(double value) => value.ToString(Math.Abs(value) >= 1000 ? "N0" : "0.####", CultureInfo.InvariantCulture);
}
