using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace IocDashboard.Tests.Fixtures;

/// <summary>
/// The limiter that ASP.NET Core's rate limiting makes for itself and never disposes: its timer ticks ten times a second and keeps the whole stopped
/// application in memory, some 20 MB (https://github.com/dotnet/aspnetcore/issues/66434). A centre is one a process; a run of tests has hundreds.
/// </summary>
internal sealed class LeftLimiter : IStartupFilter, IDisposable
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private RequestDelegate? _pipeline;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(pipeline => _pipeline = pipeline);
        next(app);
    };

    /// <summary>After the application has stopped. One that never started has made none.</summary>
    public void Dispose()
    {
        if (_pipeline is null) return;
        var middleware = Find(_pipeline, []) ?? throw new InvalidOperationException("No rate limiting was found among the steps of a request.");
        ((IDisposable)middleware.GetType().GetField("_endpointLimiter", Own)!.GetValue(middleware)!).Dispose();
        _pipeline = null;
    }

    /// <summary>Down the steps of a request: each knows its next, in a field or in what a lambda holds.</summary>
    private static object? Find(object? step, HashSet<object> seen)
    {
        if (step is Delegate { Target: { } target }) step = target;
        if (step is null or string || !seen.Add(step)) return null;
        var type = step.GetType();
        if (type.Name == "RateLimitingMiddleware") return step;
        var isOfALambda = type.IsDefined(typeof(CompilerGeneratedAttribute));
        return type.GetFields(Own).Where(f => f.FieldType == typeof(RequestDelegate) || (isOfALambda && !f.FieldType.IsValueType))
            .Select(f => Find(f.GetValue(step), seen)).FirstOrDefault(found => found is not null);
    }
}
