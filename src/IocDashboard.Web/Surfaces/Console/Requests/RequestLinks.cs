using IocDashboard.Web.Surfaces.Console.View;

namespace IocDashboard.Web.Surfaces.Console.Requests;

/// <summary>Addresses of the pages about data requests. They show the present, whatever instant the console looks at.</summary>
public static class RequestLinks
{
    public const string All = ConsoleLinks.Root + "/requests", New = All + "/new";

    public static string One(string number) => $"{All}/{Uri.EscapeDataString(number)}";

    public static string Export(string number) => One(number) + "/answers.csv";
}
