using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation.Mail;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>A notice's own words for a page, which lists the reports itself.</summary>
public static class NoticeWords
{
    /// <summary>Null: it has none, and the page says it in its own.</summary>
    public static (string Subject, string Lead)? Of(Notice notice, CatalogueSnapshot catalogue, ProvinceTime time, CultureInfo culture)
    {
        if (notice.Texts is null) return null;
        var language = culture.TwoLetterISOLanguageName == "vi" ? Letters.Vietnamese : Letters.English;
        var (subject, lead) = Letters.OwnWords(new(notice.Kind, notice.Agency, notice.Items, notice.Texts), language, catalogue, time, reports: "");
        return (subject, lead.Trim());
    }
}
