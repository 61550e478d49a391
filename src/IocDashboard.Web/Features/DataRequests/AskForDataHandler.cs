using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>The request that was asked, or what is wrong with it.</summary>
public sealed record AskOutcome(string? Number, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Errors.IsEmpty;
}

/// <summary>
/// The PPC Office or the centre asks agencies for data (articles 6.1, 9.1b). From then on each of them owes an answer. Unit, decimals
/// and range of an indicator are written into the question, so that it stays what was asked.
/// </summary>
public sealed class AskForDataHandler(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, CommitSignal committed, AuditTrail audit, ProvinceTime time)
{
    /// <param name="sight">Of whoever asks: what is hidden from them cannot be asked for by its code.</param>
    public async Task<AskOutcome> Handle(AskForData command, Sight sight, AuditActor by, CancellationToken cancellation)
    {
        command = command with { At = Micros.Truncate(command.At), DueAt = command.DueAt is { } due ? Micros.Truncate(due) : null };
        var known = Known(catalogues.Current, sight, command, out var questions);
        var (asked, errors) = AskJudge.Judge(command with { Questions = questions });
        if (asked is null || known.Count > 0) return new(null, [.. known, .. errors]);

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var year = time.DayOf(asked.At).Year;
        var (earlier, ordinal) = await NumberAsync(transaction, year, asked.Id, cancellation);
        if (earlier is not null) return new(earlier, []);

        asked = asked with { Number = DataRequestNumber.Of(year, ordinal) };
        await history.AppendAsync(transaction, asked.Number, [asked], cancellation);
        var request = DataRequest.Create(asked);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { DataRequestRows.Insert(request, year, ordinal) } })
        {
            for (var place = 0; place < request.Agencies.Length; place++)
                batch.BatchCommands.Add(DataRequestRows.PutAgency(request.Number, place, request.Agencies[place], asked.At));
            batch.BatchCommands.Add(ChangeRow.Put(asked.At, reports: [request.Number]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await audit.AppendAsync(transaction, AuditActions.DataRequested, asked.Number, AuditOutcome.Done, after: Told(asked), by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return new(asked.Number, []);
    }

    /// <summary>What only the catalogue can tell; indicators fill in what the asker left to them.</summary>
    private static List<JudgementError> Known(CatalogueSnapshot catalogue, Sight sight, AskForData command, out List<WantedQuestion> questions)
    {
        var errors = new List<JudgementError>();
        questions = [];
        foreach (var agency in command.Agencies.Where(a => !catalogue.Agencies.ContainsKey(a))) errors.Add(JudgementError.At("/agencies", "unknown-agency", agency));
        for (var i = 0; i < command.Questions.Count; i++)
        {
            var (wanted, place) = (command.Questions[i], string.Create(CultureInfo.InvariantCulture, $"/questions/{i}"));
            if (wanted.Area is { } area && !catalogue.Areas.ContainsKey(area)) errors.Add(JudgementError.At(place + "/area", JudgementCodes.UnknownArea, area));
            if (wanted.Indicator is not { } code || wanted.Kind == QuestionKind.Text)
            {
                questions.Add(wanted with { Indicator = null });
                continue;
            }

            if (!catalogue.Indicators.TryGetValue(code, out var indicator) || !sight.Sees(indicator))
            {
                errors.Add(JudgementError.At(place + "/indicator", JudgementCodes.UnknownIndicator, code));
                questions.Add(wanted with { Text = wanted.Text ?? code });
                continue;
            }

            if (wanted.Area is { } of && !catalogue.SeriesByKey.ContainsKey((code, of))) errors.Add(JudgementError.At(place + "/area", JudgementCodes.UnknownArea, of));
            foreach (var agency in command.Agencies)
                if (!Sight.Of(agency, catalogue.Agreements, command.At).Sees(indicator)) errors.Add(JudgementError.At(place + "/indicator", RequestCodes.UnseenByAgency, code, agency));
            questions.Add(Filled(wanted, indicator, command.Agencies));
        }

        return errors;
    }

    // A part of a sum may be smaller than the least whole: where each agency is asked for its own, the range is that of a part.
    private static WantedQuestion Filled(WantedQuestion wanted, Indicator indicator, IReadOnlyList<string> agencies) => wanted with
    {
        Text = string.IsNullOrWhiteSpace(wanted.Text) ? indicator.Name.Vi : wanted.Text,
        Unit = indicator.Unit.Vi,
        Decimals = indicator.Decimals,
        Least = indicator.LeastPlausible(wanted.Area ?? agencies.FirstOrDefault()),
        Most = indicator.PlausibleMax,
    };

    /// <summary>One asking at a time gets the next number, so that none is left out.</summary>
    private static async Task<(string? Earlier, int Ordinal)> NumberAsync(NpgsqlTransaction transaction, int year, Guid id, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                WriteLock.Take(WriteLock.DataRequestNumbers),
                new("select (select number from data_request where id = $1), (select coalesce(max(ordinal), 0) + 1 from data_request where year = $2)")
                {
                    Parameters = { new NpgsqlParameter<Guid> { TypedValue = id }, Sql.Of(year) },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.Text(0), reader.GetInt32(1));
    }

    private static JsonObject Told(DataRequested asked) => new()
    {
        ["title"] = asked.Title, ["authority"] = asked.Authority, ["dueAt"] = asked.DueAt.ToString("O", CultureInfo.InvariantCulture),
        ["agencies"] = string.Join(',', asked.Agencies), ["questions"] = asked.Questions.Length,
    };
}
