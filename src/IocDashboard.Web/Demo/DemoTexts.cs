using System.Globalization;
using System.Resources;

namespace IocDashboard.Web.Demo;

/// <summary>What illustrative agencies write into their reports and agreements. They write Vietnamese, whatever a reader's language.</summary>
internal sealed class DemoTexts
{
    private static readonly ResourceManager Resources = new(typeof(DemoTexts));

    public static string Vietnamese(string name) =>
        Resources.GetString(name, CultureInfo.InvariantCulture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));
}
