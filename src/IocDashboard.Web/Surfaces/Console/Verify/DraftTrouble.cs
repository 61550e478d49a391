namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>Why a draft is not kept.</summary>
public enum DraftTrouble
{
    /// <summary>The database does not answer; it is tried again.</summary>
    Away,

    /// <summary>The report was decided or sent again: there is nothing to keep it for.</summary>
    Over,

    /// <summary>Something is wrong with the centre itself; the next change is tried again.</summary>
    Broken,
}
