using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using System.Text;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Escalation.Mail;

/// <summary>Notices as a letter: in Vietnamese, which binds, and in English below it. From <c>Letters.resx</c> and <c>Letters.en.resx</c>.</summary>
public static class Letters
{
    private const string NewLine = "\r\n";
    private static readonly ResourceManager Resources = new(typeof(Letters));

    public static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi"), English = CultureInfo.GetCultureInfo("en");

    /// <summary>One notice speaks for itself; of several each stands under its own subject.</summary>
    public static (string Subject, string Body) Of(ImmutableArray<LetterPart> parts, CatalogueSnapshot catalogue, ProvinceTime time)
    {
        // A person's letter is sent as it was signed.
        if (parts is [{ Own: { } own }]) return own;
        var body = new StringBuilder();
        foreach (var language in (CultureInfo[])[Vietnamese, English])
        {
            if (body.Length > 0) body.Append($"—{NewLine}{NewLine}");
            for (var i = 0; i < parts.Length; i++)
            {
                var (subject, text) = TextOf(parts[i], language, catalogue, time);
                if (parts.Length > 1) body.Append(Text("Digest.Heading", language, i + 1, parts.Length, subject)).Append($"{NewLine}{NewLine}");
                body.Append(text).Append($"{NewLine}{NewLine}");
            }

            body.Append(Text(Closing(parts), language)).Append(NewLine);
        }

        return (parts is [var only] ? TextOf(only, Vietnamese, catalogue, time).Subject : SubjectOf(parts), body.ToString());
    }

    private static string SubjectOf(ImmutableArray<LetterPart> parts) => parts.Any(p => p.Kind == NoticeKind.SignalLost)
        ? Text("Digest.Subject.Mixed", Vietnamese, parts.Length)
        : Text("Digest.Subject", Vietnamese, parts.Length, parts.Sum(p => p.Items.Length));

    private static string Closing(ImmutableArray<LetterPart> parts) => parts.Count(p => p.Kind == NoticeKind.SignalLost) switch
    {
        0 => "Closing",
        var sources => sources == parts.Length ? "Closing.Sources" : "Closing.Mixed",
    };

    /// <summary>Subject and text of one notice in one language, without the closing words.</summary>
    public static (string Subject, string Body) TextOf(LetterPart part, CultureInfo language, CatalogueSnapshot catalogue, ProvinceTime time)
    {
        var name = NameOf(part.Agency, language, catalogue);
        var reports = string.Join(NewLine, part.Items.Select(i => Line(i, language, time)));
        if (part.Texts is not { } texts) return (Text($"{part.Kind}.Subject{ClockOf(part)}", language, part.Items.Length), $"{Text($"{part.Kind}.Opening", language, name, part.Items.Length)}{NewLine}{NewLine}{reports}");

        var (own, body) = OwnWords(part, language, catalogue, time, reports);
        // Whatever the words are, nobody has to ask which reports are meant.
        return (own, Placeholders.Names(In(texts, language).Body, Placeholders.Reports) ? body : $"{body}{NewLine}{NewLine}{reports}");
    }

    /// <summary>A step's own words, which the part must have.</summary>
    /// <param name="reports">What stands for the list of reports.</param>
    public static (string Subject, string Body) OwnWords(LetterPart part, CultureInfo language, CatalogueSnapshot catalogue, ProvinceTime time, string reports)
    {
        var own = In(part.Texts!, language);
        string ValueOf(string placeholder) => placeholder switch
        {
            Placeholders.Agency => NameOf(part.Agency, language, catalogue),
            Placeholders.Count => part.Items.Length.ToString(language),
            Placeholders.Due => When(part.Items.Min(i => i.DueAt), time),
            _ => reports,
        };
        return (Placeholders.Fill(own.Subject, ValueOf), Placeholders.Fill(own.Body.ReplaceLineEndings(NewLine), ValueOf));
    }

    private static StepText In(StepTexts texts, CultureInfo language) => language == Vietnamese ? texts.Vi : texts.En;

    private static string NameOf(string agency, CultureInfo language, CatalogueSnapshot catalogue) => catalogue.Agencies.TryGetValue(agency, out var known) ? known.Name.In(language) : agency;

    public static string Text(string key, CultureInfo language, params object[] arguments) =>
        string.Format(language, Resources.GetString(key, language) ?? key, arguments);

    private static string Line(NoticeItem item, CultureInfo language, ProvinceTime time)
    {
        if (item.Feed is { } feed) return item.LastAt is { } last ? Text("Item.Source", language, feed, When(item.DueAt, time), When(last, time)) : Text("Item.Source.Never", language, feed, When(item.DueAt, time));
        var (form, _, period) = ReportKey.Parse(item.Report);
        return Text($"Item{Suffix(item)}", language, form, period.ToString(), When(item.DueAt, time)) + (item.IsMissed ? Text("Missed", language, When(item.At, time)) : "");
    }

    /// <summary>What is owed of it: the report, that it be mended, that it come again.</summary>
    private static string Suffix(NoticeItem item) => LadderRules.ClockOf(item.Step) switch { StepClock.Mend => ".Mend", StepClock.Update => ".Update", _ => "" };

    /// <summary>That a report never came is said only where it is so of each.</summary>
    private static string ClockOf(LetterPart part) => part.Kind == NoticeKind.Escalation && part.Items.Any(i => LadderRules.ClockOf(i.Step) != StepClock.Deadline) ? ".Mixed" : "";

    private static string When(DateTimeOffset instant, ProvinceTime time) => time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
