using Microsoft.JSInterop;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>What the keys' script asks to know that a press has been drawn: a circuit answers in turn.</summary>
public static class KeySettling
{
    [JSInvokable("KeySettled")]
    public static void Answer()
    {
        // The answer is that there is one.
    }
}
