using System.Globalization;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Surfaces.Shared.Requests;

namespace IocDashboard.Web.Surfaces.Portal.Requests;

/// <summary>One question on somebody's screen: what stands in its fields, and whether that is saved.</summary>
public sealed class AnswerEntry(Question question)
{
    public Question Question => question;

    public string Content { get; private set; } = "";

    public string Note { get; private set; } = "";

    /// <summary>Version of the draft that was looked at; 0 where there was none.</summary>
    public int Base { get; private set; }

    private decimal? _value;

    /// <summary>Somebody has typed into it here: further keys may be under way, so it is not filled anew under their hands.</summary>
    private bool _mine;

    /// <summary>What the fields are filled with. While somebody types the browser's text is the newer one: it is never written over by an answer that was under way.</summary>
    public (string Content, string Note) Filled { get; private set; } = ("", "");

    /// <summary>Grows when the fields are to be filled anew from elsewhere.</summary>
    public int Filling { get; private set; }

    /// <summary>It was changed since it was answered last.</summary>
    public bool IsTouched => IsDirty || Base > 0;

    /// <summary>Typed and not yet saved.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>What somebody else wrote meanwhile; this person's own was not taken.</summary>
    public DraftAnswer? Theirs { get; private set; }

    public bool IsBlank => Content.Trim().Length == 0 && Note.Trim().Length == 0;

    /// <summary>Read from the database. A field that somebody types into is left alone: what a colleague wrote into it is told beside it.</summary>
    public void Take(DraftAnswer? draft, GivenAnswer? before)
    {
        // What was looked at already says nothing new; it may lack a space that is still being typed after.
        if (IsDirty || draft?.Version <= Base) return;
        if (draft is not null && (_mine || Theirs is not null) && (draft.Content, draft.Note ?? "") != (Content.Trim(), Note.Trim()))
        {
            Theirs = draft;
            return;
        }

        if (Theirs is not null) return;
        var shown = (Content, Note);
        (Content, Note, Base, _value) = draft is not null
            ? (draft.Content, draft.Note ?? "", draft.Version, draft.Value)
            : (before is null || !before.HoldsSomething ? "" : RequestWords.ValueOf(before), before?.Note ?? "", 0, before?.Value);
        if (shown != (Content, Note)) Fill();
    }

    public void TypeContent(string? text) => (Content, IsDirty, _mine) = (text ?? "", true, true);

    public void TypeNote(string? text) => (Note, IsDirty, _mine) = (text ?? "", true, true);

    /// <summary>What was saved is not read again: whoever typed it had a format of their own.</summary>
    public DraftEntry ToEntry(NumberFormat format) => new(
        Question.Id, Content, Question.Kind != QuestionKind.Figure ? null : IsDirty ? NumberReading.Read(Content, format, Question.Decimals ?? 0).Value : _value, Note, Base);

    /// <summary>It was saved, or somebody else had been quicker.</summary>
    /// <param name="sent">What was sent to be saved: what was typed since is still to be.</param>
    public void Saved(DraftOutcome outcome, DraftEntry sent)
    {
        if (outcome.Draft is not { } draft) return;
        if (outcome.Conflict)
        {
            Theirs = draft;
            return;
        }

        (Base, _value) = (draft.Version, draft.Value);
        if (Content == sent.Content && Note == (sent.Note ?? "")) IsDirty = false;
    }

    public void KeepMine()
    {
        (Base, Theirs, IsDirty) = (Theirs?.Version ?? Base, null, true);
    }

    public void TakeTheirs()
    {
        if (Theirs is not { } theirs) return;
        (Content, Note, Base, _value, Theirs, IsDirty) = (theirs.Content, theirs.Note ?? "", theirs.Version, theirs.Value, null, false);
        _mine = false;
        Fill();
    }

    /// <summary>It was sent: from now on it is read like anybody's.</summary>
    public void Sent() => _mine = false;

    private void Fill() => (Filled, Filling) = ((Content, Note), Filling + 1);
}
