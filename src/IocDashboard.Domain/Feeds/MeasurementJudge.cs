using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Feeds;

/// <summary>One measurement as it was received. <see cref="Position"/> is its index in the call.</summary>
public readonly record struct SubmittedMeasurement(int Position, string? Indicator, string? Area, DateTimeOffset? At, decimal? Value);

/// <summary>What a call holds: each identity once, in the order received; <see cref="Repeats"/> counts the same value said again.</summary>
public sealed record MeasurementJudgement(
    ImmutableArray<Measurement> Measurements, int Repeats, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Errors.IsEmpty;
}

/// <summary>Judges a call of streamed measurements against its feed. One that is wrong refuses the call, by pointer (<c>/17/at</c>).</summary>
public static class MeasurementJudge
{
    public const int MostMeasurements = 10_000;

    /// <summary>Older than this is history, which a stream does not rewrite.</summary>
    public static readonly TimeSpan OldestAge = TimeSpan.FromDays(7);

    /// <summary>How far a source's clock may run ahead of ours.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    public static MeasurementJudgement Judge(CellGrid feed, IReadOnlyList<SubmittedMeasurement> received, DateTimeOffset receivedAt)
    {
        if (received.Count > MostMeasurements)
            return new([], 0, [JudgementError.At("", JudgementCodes.TooManyValues, Text(received.Count), Text(MostMeasurements))]);

        var call = new Call(feed, receivedAt, received.Count);
        for (var i = 0; i < received.Count; i++) call.Judge(received[i]);
        return call.Judgement();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Call(CellGrid feed, DateTimeOffset receivedAt, int count)
    {
        private readonly Dictionary<(int Cell, long At), decimal> _byIdentity = new(count);
        private readonly ImmutableArray<Measurement>.Builder _measurements = ImmutableArray.CreateBuilder<Measurement>(count);
        private readonly ImmutableArray<JudgementError>.Builder _errors = ImmutableArray.CreateBuilder<JudgementError>();
        private int _repeats;

        public void Judge(in SubmittedMeasurement measurement)
        {
            var before = _errors.Count;
            var position = measurement.Position;
            var cell = feed.Find(measurement.Indicator, measurement.Area, JudgementCodes.IndicatorNotInFeed, out var indicator, out var error);
            if (cell < 0)
                Refuse(position, error.Field, error.Code, measurement.Indicator ?? "", measurement.Area ?? Catalogue.Area.ProvinceCode);

            var at = JudgeTime(position, measurement.At);
            if (measurement.Value is not { } value)
            {
                Refuse(position, "value", JudgementCodes.ValueRequired, measurement.Indicator ?? "");
                return;
            }

            if (indicator is not null)
            {
                var least = indicator.LeastPlausible(measurement.Area);
                if (value < least || value > indicator.PlausibleMax)
                    Refuse(position, "value", JudgementCodes.OutOfRange,
                        indicator.Code, CellText.Of(value), CellText.Of(least), CellText.Of(indicator.PlausibleMax));
                if (!CellText.FitsPrecision(value, indicator.Decimals))
                    Refuse(position, "value", JudgementCodes.BadPrecision, indicator.Code, CellText.Of(value), Text(indicator.Decimals));
            }

            if (_errors.Count == before) Take(position, cell, at, value);
        }

        public MeasurementJudgement Judgement() => new(_measurements.DrainToImmutable(), _repeats, _errors.DrainToImmutable());

        private void Take(int position, int cell, DateTimeOffset at, decimal value)
        {
            var (code, area, _) = feed[cell];
            if (_byIdentity.TryAdd((cell, at.UtcTicks), value)) _measurements.Add(new Measurement(code, area, at, value));
            else if (_byIdentity[(cell, at.UtcTicks)] == value) _repeats++;
            else
                _errors.Add(JudgementError.At($"/{Text(position)}", JudgementCodes.DuplicateValue, code, area));
        }

        private DateTimeOffset JudgeTime(int position, DateTimeOffset? stated)
        {
            if (stated is not { } at)
            {
                Refuse(position, "at", JudgementCodes.BadTime);
                return default;
            }

            if (receivedAt - at > OldestAge) Refuse(position, "at", JudgementCodes.TooOld, Text((int)OldestAge.TotalDays));
            else if (at - receivedAt > ClockTolerance) Refuse(position, "at", JudgementCodes.InFuture, Text((int)ClockTolerance.TotalMinutes));

            // PostgreSQL keeps microseconds: the identity must survive the way there and back.
            return new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        }

        private void Refuse(int position, string field, string code, params ReadOnlySpan<string> arguments) =>
            _errors.Add(JudgementError.At($"/{Text(position)}/{field}", code, arguments));
    }
}
