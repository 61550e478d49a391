using System.Text;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Reading;

/// <summary>No table that leaves the centre holds a cell that a spreadsheet would run.</summary>
public sealed class FormulaTests(Centre centre)
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+SUM(A1)")]
    [InlineData("-2+3")]
    [InlineData("@cmd")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("=HYPERLINK(\"http://elsewhere.example\";\"x\"),y")]
    public async Task Audit_WithFormulasInAnyColumn_IsExportedAsText(string formula)
    {
        var subject = formula + " " + Guid.NewGuid().ToString("N");
        var by = new AuditActor(AuditActor.Key, formula, formula, formula, formula);
        await centre.Host.Services.GetRequiredService<AuditTrail>().RecordAsync(AuditActions.KeyIssued, subject, AuditOutcome.Done, by: by);
        using var auditor = await Visitor.OfAsync(centre.Host, Roles.Auditor, userName: "auditor.formulas");

        var text = await auditor.Client.GetStringAsync("/console/audit.csv?who=" + subject.Split(' ')[^1]);

        var row = text.TrimEnd()[(text.IndexOf("\r\n", StringComparison.Ordinal) + 2)..];
        Cells(row).ShouldNotContain(cell => cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal));
        row.ShouldContain("'" + formula.Replace("\"", "\"\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+84 235", "'+84 235")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@x", "'@x")]
    [InlineData("\tx", "'\tx")]
    [InlineData("'x", "''x")]
    [InlineData("-2.5", "-2.5")]
    [InlineData("1e5", "1e5")]
    [InlineData("mg/l", "mg/l")]
    [InlineData("", "")]
    public void Cell_OfFigures_IsTextWhenItBeginsLikeAFormula(string cell, string written) => SpreadsheetCell.Harmless(cell).ShouldBe(written);

    // A quoted field ends with an odd number of quotation marks.
    private static List<string> Cells(string rows)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in rows)
        {
            if (c == '"') quoted = !quoted;
            else if (!quoted && c is (',' or '\n')) Next();
            else if (c != '\r' || quoted) cell.Append(c);
        }

        Next();
        return cells;

        void Next()
        {
            cells.Add(cell.ToString());
            cell.Clear();
        }
    }
}
