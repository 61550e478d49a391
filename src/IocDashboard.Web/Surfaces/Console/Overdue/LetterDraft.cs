using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>Somebody that a letter may go to.</summary>
public sealed class DraftRecipient(UrgingRecipient who)
{
    public UrgingRecipient Who { get; } = who;
    public bool IsChosen { get; set; } = true;
}

/// <summary>One letter while it is being written: to one agency, about those of its reports that were picked.</summary>
public sealed class LetterDraft
{
    private readonly Func<LetterDraft, (string Subject, string Text)> _words;
    private readonly AgencyRecipients _known;
    private bool _isTouched;
    private string _subject = "", _text = "";

    /// <param name="words">What the letter says of itself, until somebody writes into it.</param>
    public LetterDraft(ImmutableArray<OpenReport> reports, AgencyRecipients known, bool isOffice, DateTimeOffset answerBy, Func<LetterDraft, (string Subject, string Text)> words)
    {
        (Reports, _known, IsOffice, AnswerBy, _words) = (reports, known, isOffice, answerBy, words);
        Time = reports.Max(r => r.Pursuit.Urgings.Count) + 1;
        // The second letter goes to the head; so does the first where nobody is named.
        Level = isOffice ? UrgingLevel.Office : Time > 1 || known.FocalPoints.Count == 0 ? UrgingLevel.Head : UrgingLevel.FocalPoint;
        Address();
        Compose();
    }

    public Guid Id { get; } = Guid.CreateVersion7();
    public ImmutableArray<OpenReport> Reports { get; }
    public string Agency => Reports[0].Agency.Code;
    public bool IsOffice { get; }

    /// <summary>The how manieth about any of its reports.</summary>
    public int Time { get; }

    /// <summary>Has the agency named a focal point that holds today? Else that is itself a fault (article 9.3a).</summary>
    public bool HasPrincipal => _known.HasPrincipal;

    public UrgingLevel Level { get; private set; }
    public List<DraftRecipient> Recipients { get; } = [];
    public DateTimeOffset AnswerBy { get; private set; }
    public bool ByEmail { get; set; }

    /// <summary>What became of it: its number once it was sent, or why it was not.</summary>
    public string? Number { get; set; }

    public string? Wrong { get; set; }

    public string Subject
    {
        get => _subject;
        set => (_subject, _isTouched) = (value, true);
    }

    public string Text
    {
        get => _text;
        set => (_text, _isTouched) = (value, true);
    }

    public void Choose(UrgingLevel level)
    {
        Level = level;
        Address();
        Compose();
    }

    public void AnswerUntil(DateTimeOffset instant)
    {
        AnswerBy = instant;
        Compose();
    }

    public WrittenLetter Write() => new(
        Id, Agency, [.. Reports.Select(r => r.Id)], Level, [.. Recipients.Where(r => r.IsChosen).Select(r => r.Who)], Subject, Text, AnswerBy, ByEmail);

    private void Address()
    {
        var added = Recipients.Where(r => !_known.Heads.Contains(r.Who) && !_known.FocalPoints.Contains(r.Who)).ToList();
        Recipients.Clear();
        if (Level != UrgingLevel.FocalPoint) Recipients.AddRange(_known.Heads.Select(h => new DraftRecipient(h)));
        Recipients.AddRange(_known.FocalPoints.Select(f => new DraftRecipient(f)));
        Recipients.AddRange(added);
    }

    /// <summary>What somebody wrote is theirs.</summary>
    private void Compose()
    {
        if (!_isTouched) (_subject, _text) = _words(this);
    }
}
