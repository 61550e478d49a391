using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Live.Board;

/// <summary>
/// The board, present or past, as one reader may see it: without the figures, names and counts of what is hidden from them, so
/// that whatever is drawn from it is theirs to see. Made once a board for all readers from whom the same is hidden.
/// </summary>
public static class SeenBoard
{
    private static readonly ConditionalWeakTable<BoardState, ConcurrentDictionary<string, BoardState>> Seen = [];

    extension(BoardState board)
    {
        public BoardState SeenBy(Sight sight)
        {
            var key = board.Catalogue.HiddenFrom(sight);
            return key.Length == 0 ? board : Seen.GetOrCreateValue(board).GetOrAdd(key, _ => Cut(board, board.Catalogue.SeenBy(sight)));
        }
    }

    private static BoardState Cut(BoardState whole, CatalogueSnapshot catalogue) => whole with
    {
        Catalogue = catalogue,
        Figures = whole.Figures.RemoveRange(whole.Figures.Values.Where(f => !catalogue.Indicators.ContainsKey(f.Indicator.Code)).Select(f => f.SeriesId)),
        Reports = whole.Reports.SetItems(whole.Reports.Values
            .Where(r => catalogue.At(r.Period.FirstDay).Forms.TryGetValue(r.Form.Code, out var form) && form.Indicators.Length != r.Form.Indicators.Length)
            .Select(r => KeyValuePair.Create(r.Id, r with { Form = catalogue.At(r.Period.FirstDay).Forms[r.Form.Code] }))),
        Feeds = whole.Feeds.SetItems(whole.Feeds.Values
            .Where(f => catalogue.Feeds.TryGetValue(f.Feed.Code, out var feed) && feed.Indicators.Length != f.Feed.Indicators.Length)
            .Select(f => KeyValuePair.Create(f.Feed.Code, f with { Feed = catalogue.Feeds[f.Feed.Code] }))),
    };
}
