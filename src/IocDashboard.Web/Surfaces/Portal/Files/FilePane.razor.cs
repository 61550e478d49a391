using System.Diagnostics;
using System.Globalization;
using System.Security.Claims;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Forms;
using static IocDashboard.Web.Surfaces.Portal.Files.FileText;

namespace IocDashboard.Web.Surfaces.Portal.Files;

/// <summary>
/// Takes a file for one report, shows what each of its cells would do, and puts them into the sheet when told to. The page around it
/// reads the sheet anew on <see cref="Committed"/>.
/// </summary>
public sealed partial class FilePane : IDisposable
{
    /// <summary>Rows of one group on the page; a broken file may have tens of thousands.</summary>
    private const int MostShown = 200;

    private static readonly CellVerdict[] Written = [CellVerdict.New, CellVerdict.Changed];

    private readonly CancellationTokenSource _closed = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private AgencyScope _scope = AgencyScope.None;
    private FilePreview? _preview;
    private string _by = "", _fileName = "", _readAt = "";
    private string? _progress, _said;
    private bool _busy, _wrong;

    [Inject]
    private FormFileReader Reader { get; set; } = null!;

    [Inject]
    private PreviewFileHandler Preview { get; set; } = null!;

    [Inject]
    private CommitFileHandler Commit { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<FilePane> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter, EditorRequired]
    public string Form { get; set; } = "";

    [Parameter, EditorRequired]
    public string Agency { get; set; } = "";

    /// <summary>As in SDMX: <c>2026-W47</c>.</summary>
    [Parameter, EditorRequired]
    public string Period { get; set; } = "";

    /// <summary>Cells were written into the sheet.</summary>
    [Parameter]
    public EventCallback Committed { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    private string Report => $"{Form}/{Agency}/{Period}";

    private int ToWrite => Written.Sum(Count);

    private IEnumerable<(string Name, List<PreviewRow> Rows)> Groups => new[]
    {
        ("Refused", RowsOf(CellVerdict.Refused)), ("Asks", RowsOf(CellVerdict.Asks)), ("Write", RowsOf(Written)), ("Same", RowsOf(CellVerdict.Same)),
    }.Where(g => g.Item2.Count > 0);

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_scope, _by) = (Reporters.ScopeOf(user), user.Identity?.Name ?? user.FindFirstValue(ClaimTypes.Name) ?? "");
    }

    private async Task TakeAsync(InputFileChangeEventArgs chosen)
    {
        (_busy, _said, _preview, _fileName) = (true, null, null, chosen.File.Name);
        try
        {
            var file = chosen.File.Size > FormFileReader.MostBytes
                ? FilledForm.Unreadable(FileCodes.TooLarge, "10 MiB")
                : await ReadAsync(await ReceiveAsync(chosen.File));
            Say(F("Judging", file.Cells.Length));
            _preview = await Preview.Handle(Report, file, _scope, _by, _closed.Token);
            _readAt = Province.Local(Clock.GetUtcNow()).ToString("HH:mm", CultureInfo.InvariantCulture);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            (_said, _wrong) = (F("Failed"), true);
            Log.LogWarning(failure, "A file for {Report} could not be received, trace {Trace}", Report, Activity.Current?.TraceId.ToHexString());
        }
        finally
        {
            (_busy, _progress) = (false, null);
        }
    }

    private async Task<byte[]> ReceiveAsync(IBrowserFile file)
    {
        await using var stream = file.OpenReadStream(FormFileReader.MostBytes, _closed.Token);
        using var bytes = new MemoryStream((int)file.Size);
        var buffer = new byte[128 * 1024];
        for (int read; (read = await stream.ReadAsync(buffer, _closed.Token)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            Say(F("Receiving", bytes.Length / 1024d));
        }

        return bytes.ToArray();
    }

    // Off the circuit's own thread: a large file takes seconds, and the page goes on answering.
    private Task<FilledForm> ReadAsync(byte[] bytes)
    {
        var progress = new Progress<FileProgress>(p => _ = InvokeAsync(() => Say(F("Reading", p.Rows, p.Cells))));
        return Task.Run(() => Reader.Read(bytes, progress, _closed.Token), _closed.Token);
    }

    private async Task CommitAsync()
    {
        if (_preview is not { } preview) return;
        _busy = true;
        var outcome = await Commit.Handle(preview, _scope, _by, _closed.Token);
        _busy = false;
        if (!outcome.Accepted)
        {
            (_said, _wrong) = (Said(outcome.Errors[0]), true);
            return;
        }

        var conflicts = outcome.Entries.Count(e => e.Conflict);
        (_said, _wrong, _preview) = (F("Written", outcome.Entries.Length - conflicts), conflicts > 0, null);
        if (conflicts > 0) _said += " " + F("Conflicts", conflicts);
        await Committed.InvokeAsync();
    }

    private void Discard() => (_preview, _said, _progress) = (null, null, null);

    private Task CloseAsync()
    {
        Discard();
        return Closed.InvokeAsync();
    }

    private void Say(string progress)
    {
        _progress = progress;
        StateHasChanged();
    }

    private int Count(CellVerdict verdict) => _preview?.Count(verdict) ?? 0;

    private List<PreviewRow> RowsOf(params ReadOnlySpan<CellVerdict> verdicts)
    {
        CellVerdict[] wanted = [.. verdicts];
        return [.. _preview!.Rows.Where(r => wanted.Contains(r.Verdict))];
    }

    private string Said(JudgementError error) =>
        (error.Pointer.Length > 0 ? error.Pointer + ": " : "") + CodeTexts.Detail(error.Code, error.Arguments, _culture);

    private string What(PreviewRow row)
    {
        var area = Catalogues.Current.Areas.TryGetValue(row.Cell.Area ?? "", out var found) ? found.ShortName.In(_culture) : row.Cell.Area;
        return $"{area}, {row.Cell.Indicator}";
    }

    private string Now(PreviewRow row) => row.Now.Value is { } value ? Number(row, value) : row.Now.Text is { Length: > 0 } text ? text : "—";

    private string InFile(PreviewRow row) => row.Cell.Value is { } value ? Number(row, value) : row.Cell.Text.Length > 0 ? row.Cell.Text : "—";

    private string Number(PreviewRow row, decimal value) =>
        NumberText.Trimmed(value, Catalogues.Current.Indicators.TryGetValue(row.Cell.Indicator ?? "", out var indicator) ? Math.Max(indicator.Decimals, value.Scale) : value.Scale, _culture);

    // The sheet's name says little where there is one; the whole place stands in the title.
    private static string Short(string place) => place[(place.LastIndexOf('!') + 1)..].Replace("/lines/", "", StringComparison.Ordinal);

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
