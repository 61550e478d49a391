using IocDashboard.Browser.Tests.Fixtures;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Browser.Tests.Console;

/// <summary>A verifier at the queue, with the keyboard alone.</summary>
public sealed class VerifyPageTests : BrowserTest
{
    [Fact]
    public async Task Report_SentBackAndVerified_ByKeysAlone()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 0);
        var (indicator, area) = (form.Indicators[0].Code, form.Indicators[0].Areas[0]);
        var most = centre.Catalogue().Indicators[indicator].PlausibleMax;
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), [(indicator, area, most)]);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "hanh.xac.minh", Roles.Operator, "IOC");

        await page.GoToReviewAsync(centre, form);
        var flagged = page.Locator("tr#cell-1");
        await Expect(flagged.Locator(".flag")).Not.ToHaveCountAsync(0);
        await Expect(page.Locator(".nav a[aria-current=page] .ct")).ToBeVisibleAsync();

        await Expect(flagged).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("r");
        await Expect(page.Locator(".why .chip.on")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("5");
        await Expect(page.Locator(".why .chip.on")).ToContainTextAsync("Nghi nhập nhầm");
        await page.Keyboard.PressAsync("n");
        await Expect(page.Locator("[data-key-note]")).ToBeFocusedAsync();
        // Letters that are keys elsewhere are letters here.
        await page.Keyboard.TypeAsync("vuot rat xa cac ky truoc");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator("tr#cell-2")).ToHaveAttributeAsync("aria-current", "true");
        await page.Keyboard.PressAsync("a");
        // What else the judge asks about is looked at one by one.
        var progress = page.Locator(".vprog");
        await Expect(progress).ToContainTextAsync("1 đang trả lại");
        for (var text = await progress.InnerTextAsync(); !text.EndsWith(" 0 còn lại", StringComparison.Ordinal); text = await progress.InnerTextAsync())
        {
            await page.Keyboard.PressAsync("v");
            await Expect(progress).Not.ToHaveTextAsync(text);
        }

        await Expect(flagged).ToContainTextAsync("Nghi nhập nhầm: vuot rat xa cac ky truoc");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã trả lại 1 ô");
        var returned = (await centre.HistoryAsync(form)).OfType<ReportReturned>().Last();
        returned.ShouldSatisfyAllConditions(
            r => r.By.ShouldBe("hanh.xac.minh"), r => r.Reasons.ShouldHaveSingleItem().Reason.ShouldBe("Nghi nhập nhầm: vuot rat xa cac ky truoc"),
            r => r.MendBy.ShouldNotBeNull(), r => r.Accepted.Length.ShouldBe(form.Cells() - 1));

        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        await page.GoToReviewAsync(centre, form);
        await Expect(flagged).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.Locator(".vprog")).ToContainTextAsync("0 đang trả lại, 1 còn lại");
        await page.Keyboard.PressAsync("v");
        await Expect(page.Locator(".vprog")).ToContainTextAsync("0 đang trả lại, 0 còn lại");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã xác minh");
        (await centre.HistoryAsync(form))[^1].ShouldBeOfType<ReportVerified>().By.ShouldBe("hanh.xac.minh");
    }

    [Fact]
    public async Task Keys_FasterThanTheServer_AreEachPressedInTurn()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 2);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "nhanh.tay", Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);

        // A reason is opened, its kind chosen, its words written and confirmed: none of it may fall on the cell beside.
        await page.PressAtOnceAsync(["r", "5", "n", .. "va lai".Select(c => c.ToString()), "Control+Enter"]);
        await Expect(page.Locator("tr#cell-1")).ToContainTextAsync("Nghi nhập nhầm: va lai");
        await Expect(page.Locator(".vprog")).ToContainTextAsync($"0 chấp nhận, 1 đang trả lại, {form.Cells() - 1} còn lại");

        await page.PressAtOnceAsync([.. Enumerable.Repeat("v", form.Cells() - 1), "Control+Enter"]);
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã trả lại 1 ô");
    }

    [Fact]
    public async Task Words_TypedBackOver_KeepTheirOrder_AndThoseInAFieldAreNeverHeld()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 13);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "go.dau", Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);

        // As the programs do with which Vietnamese is typed: a letter, and back over it.
        await page.PressAtOnceAsync("r", "5", "n", "v", "a", "d", "Backspace", "đ", "Control+Enter");
        await Expect(page.Locator("tr#cell-1")).ToContainTextAsync("Nghi nhập nhầm: vađ");

        // No answer comes: what is typed into a field meanwhile is there at once, and Backspace takes the last of it.
        await page.PressAtOnceAsync("r", "n");
        var words = page.Locator("[data-key-note]");
        await Expect(words).ToBeFocusedAsync();
        await page.EvaluateAsync("() => { document.activeElement.blur(); window.DotNet = { invokeMethodAsync: () => new Promise(() => {}) }; }");
        await page.PressAtOnceAsync("h", "z");
        await words.FocusAsync();
        await page.Keyboard.PressAsync("m");
        await page.Keyboard.PressAsync("u");
        await page.Keyboard.PressAsync("Backspace");
        (await words.InputValueAsync()).ShouldBe("m");
        // What waited belongs nowhere by now.
        await page.WaitForTimeoutAsync(3_300);
        await Expect(words).ToHaveValueAsync("m");
    }

    [Fact]
    public async Task Words_BeforeTheAnswerThatOpensTheirField_OrThatEndsIt_KeepTheirPlace()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 16);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "duong.xa", Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);
        // The answer that all is drawn comes half a second after what is drawn, or before it.
        await page.EvaluateAsync(
            """
            () => {
                const circuit = window.DotNet, ask = circuit.invokeMethodAsync.bind(circuit);
                circuit.invokeMethodAsync = (assembly, method, ...rest) => method !== "KeySettled" ? ask(assembly, method, ...rest)
                    : window.answersFirst ? Promise.resolve() : ask(assembly, method, ...rest).then(answer => new Promise(done => setTimeout(() => done(answer), 500)));
            }
            """);

        await page.PressAtOnceAsync("r", "n");
        await Expect(page.Locator("[data-key-note]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("dan so");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.PressAtOnceAsync("r", "n");
        await page.Keyboard.TypeAsync("dang doi chieu");

        await Expect(page.Locator("tr#cell-2 + tr.why textarea")).ToHaveValueAsync("dang doi chieu");
        await Expect(page.Locator("tr#cell-1")).ToContainTextAsync(": dan so");
        await Expect(page.Locator(".vprog")).ToContainTextAsync($"0 chấp nhận, 1 đang trả lại, {form.Cells() - 1} còn lại");

        await page.EvaluateAsync("() => { window.answersFirst = true; }");
        await page.Keyboard.PressAsync("Control+Enter");
        await page.PressAtOnceAsync("r", "n");
        await page.Keyboard.TypeAsync("lan ba");
        await Expect(page.Locator("tr#cell-3 + tr.why textarea")).ToHaveValueAsync("lan ba");
        await Expect(page.Locator("tr#cell-2")).ToContainTextAsync(": dang doi chieu");
    }

    [Fact]
    public async Task LastCellAccepted_AndSentAtOnce_IsVerified()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 3);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "gui.ngay", Roles.Operator, "IOC");
        await page.GoToReviewAsync(centre, form);

        // A reason was begun for the last one: while the server has not drawn otherwise, its form still stands there with a button of its own to send.
        await page.PressAtOnceAsync([.. Enumerable.Repeat("v", form.Cells() - 1), "r"]);
        await Expect(page.Locator(".why .chip.on")).ToBeVisibleAsync();
        // The page is drawn anew several times, each second, before its address is the next one's; what was done is said still.
        var before = page.Url;
        await page.EvaluateAsync(
            """
            () => {
                const browser = Blazor._internal.navigationManager, go = browser.navigateTo;
                browser.navigateTo = (...where) => { setTimeout(() => go(...where), 3500); };
            }
            """);
        await page.PressAtOnceAsync("v", "Control+Enter");
        await page.WaitForURLAsync(url => url != before);
        await page.WaitForTimeoutAsync(1_500);

        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Đã xác minh");
        (await centre.HistoryAsync(form))[^1].ShouldBeOfType<ReportVerified>().By.ShouldBe("gui.ngay");
    }

    [Fact]
    public async Task SingleKeys_TurnedOff_DoNothing()
    {
        var centre = await DemoCentre.Shared;
        var form = centre.Form(fromLast: 1);
        await centre.Reporter.SubmitAsync(form.Code, form.Period(), []);
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "tat.phim", Roles.Supervisor, "IOC");
        await page.GoToReviewAsync(centre, form);

        await page.Locator("[data-keys-toggle]").ClickAsync();
        await Expect(page.Locator("[data-keys-toggle]")).ToHaveTextAsync("Phím đơn: tắt");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("a");
        await page.Locator("button[data-key=j]").ClickAsync();
        await Expect(page.Locator("tr#cell-2")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(page.Locator("tr#cell-1 .dc.ok")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Queue_IsNotThere_ForWhoDoesNotVerify()
    {
        var centre = await DemoCentre.Shared;
        var page = await OpenAsync(centre.Address, "/signin").AsAsync(centre, "van.phong", Roles.PpcOffice, "IOC");

        await Expect(page.Locator(".nav a[href='/console/changes']")).ToHaveCountAsync(1);
        await Expect(page.Locator(".nav a[href='/console/verify']")).ToHaveCountAsync(0);
    }
}
