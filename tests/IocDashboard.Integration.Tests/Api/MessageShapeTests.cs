using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Api;

/// <summary>What is not JSON, not of the message's shape, too large, or of another kind.</summary>
public sealed class MessageShapeTests(Centre centre)
{
    private const string Path = "/api/v1/submissions";

    [Theory]
    [InlineData("", "1", "1")]
    [InlineData("{", "1", "2")]
    [InlineData("{\n  \"form\": oops }", "2", "11")]
    [InlineData("{} {}", "1", "4")]
    [InlineData("{\"complete\": NaN}", "1", "14")]
    [InlineData("{\"a\": 01}", "1", "8")]
    public async Task Body_NotJson_NamesLineAndPlace(string body, string line, string place)
    {
        var answer = (await centre.PostAsync(Path, body, "SYT", language: "en")).ShouldBeProblem(400, " not-json");
        ((string)answer.Json["detail"]!).ShouldBe($"Not valid JSON: line {line}, byte {place} of the line.");
    }

    [Fact]
    public async Task Body_NotUtf8_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent([(byte)'"', 0xC3, 0x28, (byte)'"']) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync("SYT"));
        using var response = await centre.Host.Client.SendAsync(request);
        (await Answer.ReadAsync(response)).ShouldBeProblem(400, " not-utf8");
    }

    [Theory]
    [InlineData("[]", " wrong-type")]
    [InlineData("\"text\"", " wrong-type")]
    [InlineData("{\"messageId\":1}", "/messageId wrong-type")]
    [InlineData("{\"complete\":\"yes\"}", "/complete wrong-type")]
    [InlineData("{\"values\":{}}", "/values wrong-type")]
    [InlineData("{\"values\":[1]}", "/values/0 wrong-type")]
    [InlineData("{\"values\":[{},{\"value\":true}]}", "/values/1/value wrong-type")]
    [InlineData("{\"values\":[{\"value\":\"1,5\"}]}", "/values/0/value not-a-number")]
    [InlineData("{\"values\":[{\"value\":\" 1\"}]}", "/values/0/value not-a-number")]
    [InlineData("{\"values\":[{\"value\":\"+1\"}]}", "/values/0/value not-a-number")]
    [InlineData("{\"values\":[{\"value\":\"NaN\"}]}", "/values/0/value not-a-number")]
    [InlineData("{\"values\":[{\"value\":\"0x10\"}]}", "/values/0/value not-a-number")]
    [InlineData("{\"values\":[{\"value\":\"1.234.567\"}]}", "/values/0/value not-a-number")]
    [InlineData("{\"values\":[{\"value\":12345678901234567890123456789}]}", "/values/0/value too-many-digits")]
    [InlineData("{\"values\":[{\"value\":1e400}]}", "/values/0/value too-many-digits")]
    [InlineData("{\"values\":[{\"value\":1e-400}]}", "/values/0/value too-many-digits")]
    [InlineData("{\"values\":[{\"value\":\"1e99999999999\"}]}", "/values/0/value too-many-digits")]
    [InlineData("{\"values\":[{\"value\":0.12345678901234567890123456789}]}", "/values/0/value too-many-digits")]
    [InlineData("{\"values\":[{\"area\":[\"QNM\"]}]}", "/values/0/area wrong-type")]
    [InlineData("{\"values\":[{\"note\":\"\\u0000\"}]}", "/values/0/note bad-text")]
    [InlineData("{\"values\":[{\"note\":\"\\ud800\"}]}", "/values/0/note bad-text")]
    [InlineData("{\"values\":[{\"value\":1,\"value\":2}]}", "/values/0/value duplicate-key")]
    [InlineData("{\"form\":\"A\",\"form\":\"A\"}", "/form duplicate-key")]
    public async Task Shape_Wrong_IsNamedByPointer(string body, string error) =>
        (await centre.PostAsync(Path, body, "SYT")).ShouldBeProblem(422).Errors.ShouldContain(error);

    [Fact]
    public async Task Form_AndContent_AreJudgedTogether()
    {
        var message = centre.NextMessage();
        var values = message["values"]!.AsArray();
        values[0]!["value"] = true;
        values[1]!["value"] = 99_999_999_999_999L;
        values[2]!["status"] = "certain";

        var answer = await centre.PostAsync(Path, message.ToJsonString(), (string)message["agency"]!);

        answer.ShouldBeProblem(422).Errors.ShouldBe(["/values/0/value wrong-type", "/values/1/value out-of-range", "/values/2/status unknown-status"]);
        (await centre.KeptAsync(message)).Revision.ShouldBe(0);
    }

    [Fact]
    public async Task Message_Empty_NamesEveryMissingField() => (await centre.PostAsync(Path, "{}", "SYT")).ShouldBeProblem(422).Errors
        .ShouldBe(["/messageId missing-field", "/form missing-field", "/agency missing-field", "/period missing-field", "/values missing-field"]);

    [Fact]
    public async Task Properties_Unknown_ArePassedOver()
    {
        var message = centre.NextMessage();
        message["comment"] = new JsonObject { ["by"] = "hệ thống Sở", ["n"] = new JsonArray(1, 2) };
        message["values"]![0]!["source"] = "x";
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Number_InAStringOrWithAnExponent_IsTheSameNumber()
    {
        var message = centre.NextMessage();
        var text = message.ToJsonString();
        var first = (decimal)message["values"]![0]!["value"]!;
        var written = text.Replace($"\"value\":{message["values"]![0]!["value"]!.ToJsonString()},", $"\"value\":\"{first * 10}e-1\",", StringComparison.Ordinal);

        (await centre.PostAsync(Path, "\ufeff" + written, (string)message["agency"]!)).ShouldBe(HttpStatusCode.Created);
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Body_Over5MiB_Is413()
    {
        var exact = "{\"x\":\"" + new string('x', (5 * 1024 * 1024) - 8) + "\"}";

        (await centre.PostAsync(Path, exact, "SYT")).ShouldBeProblem(422);
        (await centre.PostAsync(Path, exact + " ", "SYT")).ShouldBeProblem(413, " too-large");
        (await PostChunkedAsync(exact + " ")).ShouldBeProblem(413, " too-large");
    }

    [Fact]
    public async Task Values_OverTenThousand_AreRefused()
    {
        var body = """{"messageId":"m","form":"SYT-D","agency":"SYT","period":"2026-11-01","values":[""" + string.Join(',', Enumerable.Repeat("{}", 10_001)) + "]}";
        var answer = (await centre.PostAsync(Path, body, "SYT", language: "en")).ShouldBeProblem(422, "/values too-many-values");
        ((string)answer.Json["detail"]!).ShouldBe("There are 10001 values; a call holds at most 10000.");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-ndjson")]
    [InlineData("application/json; charset=utf-16")]
    public async Task ContentType_Other_Is415(string type) =>
        (await centre.PostAsync(Path, "{}", "SYT", type)).ShouldBeProblem(415, " unsupported-media-type");

    [Fact]
    public async Task Call_WithoutTokenOrScope_IsTurnedAway()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var anonymous = await centre.Host.Client.PostAsync(Path, content);
        (await Answer.ReadAsync(anonymous)).ShouldBeProblem(401);

        using var reading = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        reading.Headers.Authorization = new("Bearer", await centre.TokenAsync("SYT", "read"));
        using var forbidden = await centre.Host.Client.SendAsync(reading);
        (await Answer.ReadAsync(forbidden)).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Address_Unknown_IsAProblemToo()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/nothing-here");
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync("SYT"));
        using var response = await centre.Host.Client.SendAsync(request);
        (await Answer.ReadAsync(response)).ShouldBeProblem(404);

        using var wrongMethod = new HttpRequestMessage(HttpMethod.Delete, Path);
        wrongMethod.Headers.Authorization = request.Headers.Authorization;
        using var refused = await centre.Host.Client.SendAsync(wrongMethod);
        (await Answer.ReadAsync(refused)).ShouldBeProblem(405);
    }

    private async Task<Answer> PostChunkedAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body))) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync("SYT"));
        using var response = await centre.Host.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
