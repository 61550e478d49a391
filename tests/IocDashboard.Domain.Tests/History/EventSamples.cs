using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;

namespace IocDashboard.Domain.Tests.History;

/// <summary>One event of every type, with every property set.</summary>
internal static class EventSamples
{
    private static readonly DateTimeOffset At = new(2026, 11, 23, 9, 0, 0, 123, TimeSpan.Zero);
    private static readonly Decision Decision = new("UBND", "3579/QĐ-UBND ngày 18/12/2020", "UBND tỉnh", At);

    private static readonly Decision Decided = new("UBND", "12/QĐ-UBND", "quan.ly", At)
    {
        Paper = new("12/QĐ-UBND", new DateOnly(2026, 11, 20), "Nguyễn Văn A"), EffectiveFrom = new DateOnly(2027, 1, 1),
    };

    private static readonly Indicator Indicator = new(
        "KT01", "KT", new("Kinh tế", "Economy"), new("Tốc độ tăng GRDP", "GRDP growth"), new("Tăng GRDP", "GRDP growth"), new("%", "%"),
        2, Direction.Higher, Rhythm.Quarterly, Accumulation.Cumulative, "fixed=04-01,07-01,10-01,12-01@09:00", "CTK",
        Breakdown.Province, Aggregation.Last, -15, 20, new(7, 7, 5, 0, -5.5m, "illustrative"), SharingClass.Default, "illustrative");

    private static readonly Agency Agency = new(
        "NSN", new("UBND huyện Nông Sơn", "Nông Sơn District People's Committee"), new("Nông Sơn", "Nong Son"), "district_rural", "provider", "UBND",
        new DateOnly(2008, 4, 8), new DateOnly(2025, 1, 1), "QSN");

    private static readonly Form Form = new(
        "CTK-Q", "CTK", Rhythm.Quarterly, [new("KT01", ["QNM"], true), new("KT02", ["QNM", "TKY"], false)], new DateOnly(2021, 1, 1));

    private static readonly Feed Feed = new("DKTTV-RT", "DKTTV", Rhythm.Realtime, [new("TT01", ["AINGHIA", "CAULAU"], true)], "stale=PT20M");

    public static readonly ImmutableArray<object> All =
    [
        new IndicatorAdded(Indicator, Decision),
        new IndicatorRevised(Indicator with { Decimals = 1 }, Decision),
        new IndicatorRetired(Indicator with { RetiredFrom = new DateOnly(2027, 1, 1) }, Decided),
        new ChangeProposed(
            new Guid("0192f3c8-5b1e-7c3a-9a44-6f0e6c1f2b11"), ChangeKind.Change, Indicator with { Unit = new("điểm %", "percentage points") }, ["QNM", "TKY"], true,
            new DateOnly(2027, 1, 1), "Theo đề nghị của Cục Thống kê", "dau.moi", At),
        new ProposalWithdrawn("Trùng đề xuất khác", "dau.moi", At),
        new ProposalDecided(true, Decided.Paper!, Decided.EffectiveFrom, "Có điều chỉnh ngày", "quan.ly", At),
        new AgencyRegistered(Agency, Decision),
        new AgencyRevised(Agency with { ShortName = new("H. Nông Sơn", "Nong Son Dist.") }, Decision),
        new FormAssigned(Form, Decision),
        new FormRevised(Form with { Indicators = Form.Indicators[..1] }, Decision),
        new FeedRegistered(Feed, Decision),
        new FeedRevised(Feed with { Rule = "stale=PT15M" }, Decision),
        new ReportOpened(
            "CTK-Q", "CTK", "2026-Q4", At.AddDays(-60), At.AddDays(-60), At, At.AddDays(180),
            [new(At.AddDays(-1), ["KT01"]), new(At, ["KT02"])], At.AddDays(-61)),
        new ReportFellOverdue(At, At.AddSeconds(4)),
        new ReportSubmitted(
            new Guid("0192f3c8-5b1e-7c3a-9a44-6f0e6c1f2b10"), "m-2026-1", 2, true,
            [
                new("KT01", "QNM", -1.50m, ObservationStatus.Estimated, null),
                new("KT02", "TKY", null, ObservationStatus.Missing, "Chờ Cục đối chiếu <«&»>"),
                new("KT02", "QNM", 9999999999999999999999999999m, ObservationStatus.Provisional, null),
            ],
            Punctuality.Late, "CTK", "portal", At) { Reason = "Kho bạc đối chiếu lại", PreparedBy = "Lê Thị Minh Châu" },
        new ReportSourceChanged(At.AddHours(-1), At.AddDays(1), "khóa của CTK", At),
        new ReportDraftBegun("Lê Thị Minh Châu", At),
        new ReportLaidBeforeHead("Lê Thị Minh Châu", At),
        new ReportGivenBackByHead("Kiểm lại KT02", "Huỳnh Văn Lợi", At),
        new ReportReleased("12/QĐ-UBND", At),
        new ReportReminded("remind", ["FocalPoint"], At, At.AddSeconds(1)),
        new ReportEscalated("centre", ["Centre"], At, At.AddSeconds(1)),
        new ReportUrged(new("0199a1b2-0000-7000-8000-000000000001"), 2, UrgingLevel.Head, "IOC", "12/IOC-ĐĐ", "V/v đôn đốc báo cáo", "Kính gửi: Sở Y tế", ["Lê Văn Quang"], At.AddDays(1), "hanh", At),
        new UrgingAnswered(new("0199a1b2-0000-7000-8000-000000000001"), "Đang trình lãnh đạo sở ký", new DateOnly(2026, 11, 26), "lan", At),
        new ReportExcused("15/UBND-KSTT ngày 20/11/2026", "Bão số 13", "hanh", At),
        new ReportExcuseEnded("Đã có điện trở lại", "hanh", At),
        new ReportTakenOver("Gọi trực tiếp", "hanh", At),
        new ReportHandedBack("hanh", At),
        new ReportNoted("Đầu mối nghỉ ốm", "hanh", At),
        new ReportRescheduled(At.AddDays(2), At.AddDays(32), [new(At.AddDays(2), ["YT01"])], "Thông báo 6150/TB-BLĐTBXH", At),
        new ReportReturned(2, [new("KT02", "QNM", "Lệch với quý trước")], "TTDH", At) { MendBy = At.AddDays(2), Accepted = [new("KT01", "QNM")] },
        new ReportChecked(2, "Phạm Văn Đức", At),
        new ReportVerified(2, "TTDH", At) { CheckedBy = "Phạm Văn Đức" },
        new LockExtended(At.AddDays(7), "Công văn 118/UBND-TH ngày 20/11/2026", "Kho bạc đối chiếu lại", "Trần Quốc Bảo", At),
        new LockExtensionEnded("Trần Quốc Bảo", At.AddDays(1)),
        new ReportLocked(At),
        new DataRequested(
            new Guid("0192f3c8-5b1e-7c3a-9a44-6f0e6c1f2b11"), "YC-2026-001", "Ước thu 6 tháng cuối năm", "Phục vụ phiên họp ngày 04/12 <«&»>", "VPUBND", "Nguyễn Văn An",
            [
                new("q1", QuestionKind.Figure, "Thu nội địa", true) { Unit = "tỷ đồng", Decimals = 1, Indicator = "NS01", Area = "QNM", Least = -0.5m, Most = 30000 },
                new("q2", QuestionKind.Text, "Khó khăn, vướng mắc", false),
            ],
            ["CTHUE", "STC"], At.AddDays(9), At),
        new DataRequestAnswered(
            "CTHUE", [new("q1", 12034.50m, null, "ước"), new("q2", null, "Không", null)], 2, Punctuality.OnTime, "Đỗ Thị Hồng", "portal", At.AddDays(1)),
        new DataRequestFellOverdue("STC", At.AddDays(9), At.AddDays(9).AddSeconds(2)),
        new DataRequestReturned("CTHUE", 2, "Chưa gồm thu từ đất", At.AddDays(3), "Nguyễn Văn An", At.AddDays(2)),
        new DataRequestAccepted("CTHUE", 3, "Nguyễn Văn An", At.AddDays(3)),
        new DataRequestExtended("STC", At.AddDays(12), "Chờ số liệu quyết toán", "Nguyễn Văn An", At.AddDays(8)),
        new DataRequestWithdrawn("Đã có trong báo cáo quý", "Nguyễn Văn An", At.AddDays(13)),
        new MeasurementsReceived("DKTTV-RT", [new("TT01", "AINGHIA", At, 6.52m), new("TT01", "CAULAU", At, 2m)], "DKTTV", At.AddSeconds(1)),
        new FeedFellLate("DKTTV-RT", At, At.AddSeconds(9)),
        new FeedWasLost("DKTTV-RT", At, At.AddSeconds(9)),
        new FeedResumed("DKTTV-RT", At),
        new FeedPaused("DKTTV-RT", At.AddDays(1), At.AddDays(1).AddHours(3), PauseKind.Maintenance, "Nâng cấp máy chủ", "minh", At) { ShortNotice = true },
        new FeedPauseEnded("DKTTV-RT", "minh", At.AddHours(2)),
    ];
}
