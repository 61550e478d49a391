using IocDashboard.Web.Platform.Access.Factors;

namespace IocDashboard.Web.Platform.Webhooks;

/// <summary>Settings <c>Ioc:Webhooks</c>: where notices may be posted to.</summary>
public sealed class WebhookSettings
{
    /// <summary>Private networks or addresses that webhooks may reach, separated by commas, e.g. <c>10.20.0.0/16</c>. Null: none, only public addresses.</summary>
    public string? InternalNetworks { get; set; }

    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>What cannot be used; null when all can.</summary>
    public string? Problem()
    {
        if (Patience < TimeSpan.FromMilliseconds(100) || Patience > TimeSpan.FromMinutes(2)) return $"Ioc__Webhooks__Patience is {Patience}; it can be 00:00:00.1 to 00:02:00.";
        try
        {
            _ = OwnNetworks.Of(InternalNetworks ?? "");
            return null;
        }
        catch (StartFailureException)
        {
            return $"Ioc__Webhooks__InternalNetworks is \"{InternalNetworks}\", which is no list of networks such as 10.20.0.0/16.";
        }
    }
}
