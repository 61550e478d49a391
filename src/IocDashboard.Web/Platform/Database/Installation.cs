using Npgsql;

namespace IocDashboard.Web.Platform.Database;

/// <summary>Facts about this installation, table <c>ioc.installation</c>.</summary>
public sealed class Installation(NpgsqlDataSource database)
{
    private bool? _isIllustrative;

    /// <summary>Whether its figures are a demonstration's. Settled before the centre answers its first request, so one look is enough.</summary>
    public async ValueTask<bool> IsIllustrativeAsync(CancellationToken cancellation = default)
    {
        if (_isIllustrative is { } known) return known;
        await using var select = database.CreateCommand("select exists (select from installation where key = 'illustrative' and value = 'true')");
        var found = (bool)(await select.ExecuteScalarAsync(cancellation))!;
        _isIllustrative = found;
        return found;
    }
}
