using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>Tells a provider that cannot be reached now, or answers nonsense, from an answer that must not be believed.</summary>
internal static class ProviderAway
{
    public static bool Is(Exception? failure) => failure switch
    {
        null => false,
        HttpRequestException or TaskCanceledException => true,
        // The library's own word for a configuration that could not be fetched.
        InvalidOperationException { Message: var message } when message.StartsWith("IDX20803", StringComparison.Ordinal) => true,
        _ => Is(failure.InnerException),
    };

    /// <summary>The provider's configuration, fetched when it is first needed; null while it is away.</summary>
    public static async Task<OpenIdConnectConfiguration?> ConfigurationAsync(Microsoft.AspNetCore.Authentication.OpenIdConnect.OpenIdConnectOptions options, CancellationToken cancellation)
    {
        try
        {
            return await options.ConfigurationManager!.GetConfigurationAsync(cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && Is(failure))
        {
            return null;
        }
    }
}
