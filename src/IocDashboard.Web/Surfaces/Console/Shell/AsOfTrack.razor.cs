using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>A slider over the days that end now. Letting go chooses the instant; its right end is the present.</summary>
public sealed partial class AsOfTrack
{
    /// <summary>Places of the slider: a quarter of an hour for a day, a day for a year.</summary>
    private int Steps => Days switch { 1 => 96, 7 => 168, 30 => 240, _ => 365 };

    private ImmutableArray<(string Left, string Text)> _ticks = [];
    private (int Days, DateOnly Today)? _drawn;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Parameter]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public int Days { get; set; } = 7;

    [Parameter]
    public EventCallback<DateTimeOffset> Chosen { get; set; }

    private string SpanName => string.Create(CultureInfo.InvariantCulture, $"AsOf.Span.{Days}");

    protected override bool ShouldRender()
    {
        var shown = (Days, Province.DayOf(Now));
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
    }

    protected override void OnParametersSet()
    {
        var every = Days switch { 1 => TimeSpan.FromHours(4), 7 => TimeSpan.FromDays(1), 30 => TimeSpan.FromDays(5), _ => TimeSpan.FromDays(61) };
        var from = Now.AddDays(-Days);
        var first = Province.StartOf(Province.DayOf(from));
        var ticks = ImmutableArray.CreateBuilder<(string, string)>();
        for (var at = first; at < Now; at += every)
        {
            var left = (at - from) / (Now - from) * 100;
            if (left is < 1 or > 96) continue;
            ticks.Add((left.ToString("0.#", CultureInfo.InvariantCulture), Province.Local(at).ToString(Days == 1 ? "HH:mm" : Days > 300 ? "MM/yyyy" : "dd/MM", CultureInfo.InvariantCulture)));
        }

        _ticks = ticks.ToImmutable();
    }

    private Task OnChange(ChangeEventArgs change) =>
        int.TryParse(change.Value as string, NumberStyles.Integer, CultureInfo.InvariantCulture, out var step) && step < Steps
            ? Chosen.InvokeAsync(RoundDown(Now.AddDays(-Days * (1 - ((double)step / Steps)))))
            : Task.CompletedTask;

    /// <summary>To the whole five minutes: an instant that a person can name.</summary>
    private static DateTimeOffset RoundDown(DateTimeOffset instant) => new(instant.UtcTicks - (instant.UtcTicks % (5 * TimeSpan.TicksPerMinute)), TimeSpan.Zero);
}
