namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary>
/// One thing that is wrong with a reference file. Line 1 is the heading; <see cref="Code"/> is stable and kebab-case, the
/// text comes from the resources <c>ImportTexts</c> by that code, with <see cref="Argument"/> as its one argument.
/// </summary>
public sealed record ImportFinding(string File, int Line, string? Column, string Code, string Argument)
{
    public override string ToString() => $"{File}:{Line}{(Column is null ? "" : ":" + Column)} {Code} {Argument}";
}
