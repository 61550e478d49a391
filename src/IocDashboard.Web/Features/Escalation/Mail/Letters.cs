using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using System.Text;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Escalation.Mail;

/// <summary>A notice as a letter: in Vietnamese, which binds, and in English below it. From <c>Letters.resx</c> and <c>Letters.en.resx</c>.</summary>
public static class Letters
{
    private static readonly ResourceManager Resources = new(typeof(Letters));
    private static readonly CultureInfo[] Languages = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("en")];

    public static (string Subject, string Body) Of(NoticeKind kind, string agency, ImmutableArray<NoticeItem> items, CatalogueSnapshot catalogue, ProvinceTime time)
    {
        var body = new StringBuilder();
        foreach (var language in Languages)
        {
            if (body.Length > 0) body.Append("\r\n—\r\n\r\n");
            var name = catalogue.Agencies.TryGetValue(agency, out var known) ? known.Name.In(language.Name.Length == 0 ? CultureInfo.GetCultureInfo("vi") : language) : agency;
            body.Append(Text($"{kind}.Opening", language, name, items.Length)).Append("\r\n\r\n");
            foreach (var item in items)
            {
                var (form, _, period) = ReportKey.Parse(item.Report);
                body.Append(Text("Item", language, form, period.ToString(), time.Local(item.DueAt))).Append(item.IsMissed ? Text("Missed", language, time.Local(item.At)) : "").Append("\r\n");
            }

            body.Append("\r\n").Append(Text("Closing", language)).Append("\r\n");
        }

        return (Text($"{kind}.Subject", Languages[0], items.Length), body.ToString());
    }

    private static string Text(string key, CultureInfo language, params object[] arguments) =>
        string.Format(language, Resources.GetString(key, language) ?? key, arguments);
}
