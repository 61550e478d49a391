using System.Globalization;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary><c>Abnormal</c> shows each indicator once, by its worst area; the others show every series.</summary>
public enum FigureTab { Abnormal, Realtime, Behind, All }

public enum FigureColumn { State, Code, Name, Area, Value, Unit, Period, Previous, YearAgo, Verification, Source, Age }

/// <summary>What a person asked the grid for. Equal queries give equal answers for the same board and instant.</summary>
public sealed record FigureQuery
{
    public FigureTab Tab { get; init; } = FigureTab.Abnormal;
    public string Search { get; init; } = "";

    /// <summary>Code of a field; empty for all.</summary>
    public string Field { get; init; } = "";

    /// <summary>Code of an agency; empty for all.</summary>
    public string Agency { get; init; } = "";
    public FigureColumn SortBy { get; init; } = FigureColumn.State;
    public bool Descending { get; init; }

    /// <summary>True when a person narrowed the rows further than the page itself does.</summary>
    public bool IsFilteredBeyond(string? field) => Search.Length > 0 || Agency.Length > 0 || Field != (field ?? "");
}

/// <summary>The rows in their order, and how many each tab would show.</summary>
/// <param name="Others">By series id: how many further areas of the same indicator are as bad as the one shown for it.</param>
public sealed record FigureRows(int[] Ids, IReadOnlyDictionary<int, int> Others, int Abnormal, int Realtime, int Behind, int All)
{
    public static readonly FigureRows None = new([], new Dictionary<int, int>(), 0, 0, 0, 0);

    public int Count(FigureTab tab) => tab switch
    {
        FigureTab.Abnormal => Abnormal,
        FigureTab.Realtime => Realtime,
        FigureTab.Behind => Behind,
        _ => All,
    };

    public bool SameAs(FigureRows other) =>
        (Abnormal, Realtime, Behind, All) == (other.Abnormal, other.Realtime, other.Behind, other.All)
        && Ids.AsSpan().SequenceEqual(other.Ids) && Others.Count == other.Others.Count
        && Others.All(o => other.Others.TryGetValue(o.Key, out var n) && n == o.Value);

    /// <summary>Filters and sorts every figure of the board as of <paramref name="now"/>: pure, about half a millisecond for 1,600.</summary>
    public static FigureRows Of(BoardState board, FigureQuery query, DateTimeOffset now, CultureInfo culture)
    {
        var order = SeriesOrder.Of(board.Catalogue, culture);
        var words = PlainText.Words(query.Search);
        var rows = new List<Row>(board.Figures.Count);
        var worst = new Dictionary<string, Row>(StringComparer.Ordinal);
        var alike = new Dictionary<int, int>();
        int realtime = 0, behind = 0, all = 0;

        foreach (var figure in board.Figures.Values)
        {
            if (!order.BySeries.TryGetValue(figure.SeriesId, out var place)) continue;
            if (query.Field.Length > 0 && place.FieldCode != query.Field) continue;
            if (query.Agency.Length > 0 && place.AgencyCode != query.Agency) continue;
            if (!PlainText.Matches(place.Text, words)) continue;

            var age = figure.AgeAt(now);
            var row = new Row(figure, place, FigureStates.Urgency(figure, age));
            all++;
            if (place.Streamed) realtime++;
            if (FigureStates.IsBehind(age)) behind++;
            if (!worst.TryGetValue(figure.Indicator.Code, out var known) || row.IsWorseThan(known)) worst[figure.Indicator.Code] = row;

            if (query.Tab == FigureTab.All
                || query.Tab == FigureTab.Abnormal
                || (query.Tab == FigureTab.Realtime && place.Streamed)
                || (query.Tab == FigureTab.Behind && FigureStates.IsBehind(age)))
                rows.Add(row);
        }

        if (query.Tab == FigureTab.Abnormal)
        {
            foreach (var row in rows)
            {
                var shown = worst[row.Figure.Indicator.Code];
                if (row.Urgency < Ordinary && row.Urgency <= shown.Urgency && row.Place.Id != shown.Place.Id)
                    alike[shown.Place.Id] = alike.GetValueOrDefault(shown.Place.Id) + 1;
            }

            rows = [.. worst.Values];
        }

        return new FigureRows(Sort(rows, query), alike, worst.Count, realtime, behind, all);
    }

    /// <summary>Urgency from which a figure is in order.</summary>
    private const int Ordinary = 10;

    private static int[] Sort(List<Row> rows, FigureQuery query)
    {
        var keys = new Key[rows.Count];
        var ids = new int[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            // A missing key sorts last in either direction: «—» is not a number.
            var key = rows[i].KeyOf(query.SortBy);
            keys[i] = new Key(key is null ? double.MaxValue : query.Descending ? -key.Value : key.Value, rows[i].Place.Place);
            ids[i] = rows[i].Place.Id;
        }

        keys.AsSpan().Sort(ids.AsSpan(), static (a, b) => a.Primary.CompareTo(b.Primary) is var by and not 0 ? by : a.Place.CompareTo(b.Place));
        return ids;
    }

    private readonly record struct Key(double Primary, int Place);

    private readonly record struct Row(Figure Figure, SeriesPlace Place, int Urgency)
    {
        public bool IsWorseThan(Row other) =>
            Urgency < other.Urgency || (Urgency == other.Urgency && Place.Place < other.Place.Place);

        public double? KeyOf(FigureColumn column) => column switch
        {
            FigureColumn.State => Urgency,
            FigureColumn.Code => Place.Place,
            FigureColumn.Name => Place.Name,
            FigureColumn.Area => Place.Area,
            FigureColumn.Value => (double?)Figure.Value,
            FigureColumn.Unit => Place.Unit,
            FigureColumn.Period => Figure.TimeKey?.ToUnixTimeSeconds(),
            FigureColumn.Previous => FigureChange.Rank(Figure.Value, Figure.PreviousValue),
            FigureColumn.YearAgo => FigureChange.Rank(Figure.Value, Figure.YearAgoValue),
            FigureColumn.Verification => Figure.TimeKey is null ? null : (double)Figure.Verification,
            FigureColumn.Source => Place.Agency,
            // Ascending: the youngest first, as an age is read.
            _ => -Figure.AgeFrom?.ToUnixTimeSeconds(),
        };
    }
}
