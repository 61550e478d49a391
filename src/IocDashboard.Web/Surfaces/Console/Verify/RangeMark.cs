using System.Globalization;
using System.Text;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reviews;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>A figure on its own normal range, with the period before and the same period last year. Every number of it stands in its row.</summary>
internal static class RangeMark
{
    private const double Low = 50.2, Width = 63.2, Left = 3, Right = 167;

    /// <param name="number">How the indicator's figures are written.</param>
    public static MarkupString Of(ReviewCell cell, Func<decimal, string> number)
    {
        if (cell.Range is not { } range) return default;
        var svg = new StringBuilder(640);
        svg.Append("""<svg class="rng" viewBox="0 0 170 20" width="170" height="20" aria-hidden="true" focusable="false"><line class="ax" x1="3" x2="167" y1="10" y2="10"/><rect class="rg" x="50.2" y="4" width="63.2" height="12" rx="2"/>""")
            .Append(CultureInfo.InvariantCulture, $"""<text class="rgt e" x="46.2" y="13.6">{number(range.Low)}</text><text class="rgt" x="117.4" y="13.6">{number(range.High)}</text>""");
        if (cell.Past.Previous is { } previous) svg.Append(CultureInfo.InvariantCulture, $"""<line class="pv" x1="{X(previous)}" x2="{X(previous)}" y1="4" y2="16"/>""");
        if (cell.Past.LastYear is { } year) svg.Append(CultureInfo.InvariantCulture, $"""<circle class="ly" cx="{X(year)}" cy="10" r="3.2"/>""");
        if (cell.Value.Value is { } value)
        {
            var x = X(value);
            svg.Append(range.Contains(value)
                ? string.Create(CultureInfo.InvariantCulture, $"""<circle class="pt-text" cx="{x}" cy="10" r="3.6"/>""")
                : string.Create(CultureInfo.InvariantCulture, $"""<path class="pt-warn" d="M{x} 4.4 l5.2 9.6h-10.4z"/>"""));
        }

        return new(svg.Append("</svg>").ToString());

        string X(decimal value)
        {
            var span = (double)(range.High - range.Low);
            var x = span > 0 ? Low + ((double)(value - range.Low) / span * Width) : value == range.Low ? Low + (Width / 2) : value < range.Low ? Left : Right;
            return Math.Clamp(x, Left, Right).ToString("0.#", CultureInfo.InvariantCulture);
        }
    }
}
