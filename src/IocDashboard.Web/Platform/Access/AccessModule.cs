using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Http;
using IocDashboard.Web.Platform.Limits;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace IocDashboard.Web.Platform.Access;

/// <summary>Who is calling and what they may do: machine keys, accounts, sessions, policies.</summary>
public static class AccessModule
{
    private const string BySource = "BySource";

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddAudit();
        services.AddSingleton<MachineKeyCache>();
        services.AddSingleton<MachineKeys>();
        services.AddSingleton<RotateKey>();
        services.AddScoped<Accounts>();
        services.AddSingleton<PeopleNames>();
        services.AddHostedService(provider => provider.GetRequiredService<PeopleNames>());
        services.AddSingleton<RoleAssignments>();
        services.AddSingleton<SessionRegister>();
        services.AddSingleton<SessionSweep>();
        services.AddSingleton<CloseUnusedAccounts>();
        services.AddSingleton<ThisMachine>();
        services.AddSingleton<SignInLimit>();
        services.AddSecondFactors();
        services.AddHostedService<FirstAdministrator>();
        services.AddSingleton<Pairings>();
        services.AddSingleton<DisplayRegister>();

        services.AddAuthentication(BySource)
            .AddPolicyScheme(BySource, null, options => options.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, MachineKeyHandler>(MachineKeyHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, DisplayHandler>(DisplayHandler.SchemeName, null)
            .AddCookie(IdentityConstants.ApplicationScheme, Session.Configure)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, Session.ConfigureSecondStep);
        Policies.Register(services.AddAuthorizationBuilder());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionWatch>();

        services.AddDbContext<AccountsContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddIdentityCore<UserAccount>(AccountRules.Configure)
            .AddUserManager<AccountManager>()
            .AddPasswordValidator<PasswordRules>()
            .AddUserStore<AccountStore>()
            .AddSignInManager<AccountSignIn>()
            // No codes by mail or telephone: what is sent can be read on the way.
            .AddTokenProvider<DataProtectorTokenProvider<UserAccount>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider);

        services.AddDataProtection().SetApplicationName("IocDashboard");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(
            options => options.XmlRepository = new DatabaseKeyRing(
                provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>())));
        return services;
    }

    /// <summary>After routing and localisation, before every endpoint.</summary>
    public static WebApplication UseAccess(this WebApplication app)
    {
        app.Use(next => http => ForeignPages.Refuse(http, next));
        var guesses = app.Services.GetRequiredService<GuessLimit>();
        app.Use(next => http => guesses.Guard(http, next));
        app.UseAuthentication();
        app.Use(next => http => guesses.Note(http, next));
        app.Use(next => http => app.Services.GetRequiredService<ThisMachine>().MarkAsync(http, next));
        app.UseRateLimiter();
        app.Use(next => http => UnreadableText.Refuse(http, next));
        app.Use(SayWhatDoesNotExist);
        app.Use(Hurdles.Guard);
        app.UseAuthorization();
        return app;
    }

    // An address that is nobody's is 404, signed in or not: only what exists is worth a sign-in.
    private static Task SayWhatDoesNotExist(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not null) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // A call with a token is a machine, also where a session cookie came with it. The API knows no sessions.
    private static string SchemeOf(HttpContext http) =>
        MachineKeyHandler.TokenOf(http.Request) is not null || Session.IsApi(http.Request.Path)
            ? MachineKeyHandler.SchemeName
            // A person who signed in on a screen's browser is that person.
            : DisplayHandler.HasCredential(http.Request) && !http.Request.Cookies.ContainsKey(Session.CookieName)
                ? DisplayHandler.SchemeName
                : IdentityConstants.ApplicationScheme;
}
