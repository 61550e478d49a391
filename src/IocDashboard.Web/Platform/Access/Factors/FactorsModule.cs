using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Factors;

internal static class FactorsModule
{
    public static void AddSecondFactors(this IServiceCollection services)
    {
        services.AddSingleton<FactorDemands>();
        services.AddSingleton<OneTimeCodes>();
        services.AddSingleton<AttemptGate>();
        services.AddSingleton<FreshProof>();
        services.AddScoped<PasswordRules>();
        services.AddScoped<OwnerCheck>();
        services.AddScoped<FirstStep>();
        services.AddScoped<SecondStep>();
        services.AddScoped<SecondFactors>();
        services.AddScoped<Passkeys>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // A passkey counts as two factors only when the device has recognised its owner, and needs no user name only when it knows it.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
    }
}
