using IocDashboard.Web.Platform.Http;

namespace IocDashboard.Web.Surfaces;

/// <summary>
/// Marks a page that a screen shows without a person: rendered statically, with the wall's styles and the display
/// script in place of a circuit, so that it survives a server restart without a dialog.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class DisplayPageAttribute : LanguageInAddressAttribute;
