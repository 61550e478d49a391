using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Documents.Forms.Reading;

namespace IocDashboard.Web.Documents;

/// <summary>Files that leave and come in: made from what the features say, read into what they take.</summary>
public static class DocumentsModule
{
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.AddSingleton<FormFileReader>();
        services.AddSingleton<PreviewFileHandler>();
        services.AddSingleton<CommitFileHandler>();
        return services;
    }
}
