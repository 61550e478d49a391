using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Integration.Tests.Catalogue;

public sealed class ReferenceSetTests : IDisposable
{
    private readonly ReferenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ShippedFiles_AsTheyAre_HaveNoFindings()
    {
        var (set, findings) = _folder.Read();

        findings.ShouldBeEmpty();
        set!.Indicators.Length.ShouldBe(122);
        set.Areas.Count(a => a.IsDistrict).ShouldBe(18);
        set.Agencies.Count(a => a.IsDistrict).ShouldBe(18);
        set.Forms.Select(f => f.Code).ShouldContain("SYT-W");
        set.Forms.Select(f => f.Code).ShouldContain("CTK-Q");
        set.Feeds.Select(f => f.Code).ShouldBe(set.Feeds.Select(f => f.Code).Distinct());
        set.Feeds.Select(f => f.Code).ShouldContain("DKTTV-H");
        set.Feeds.Single(f => f.Code == "QTI-RT").Rule.ShouldBe("stale=PT2M");
    }

    [Fact]
    public void ShortNames_OfAllIndicators_FitATileAndDiffer()
    {
        var set = _folder.Read().Set!;

        foreach (var pick in new Func<LocalText, string>[] { t => t.Vi, t => t.En })
        {
            set.Indicators.Select(i => pick(i.ShortName)).ShouldBeUnique();
            set.Indicators.ShouldAllBe(i => pick(i.ShortName).Length <= 23);
        }
    }

    [Fact]
    public void EveryIndicator_IsCarriedByExactlyOneFormOrFeed()
    {
        var set = _folder.Read().Set!;

        var carried = set.Forms.SelectMany(f => f.Indicators).Concat(set.Feeds.SelectMany(f => f.Indicators)).Select(c => c.Code).ToList();

        carried.ShouldBeUnique();
        carried.Order().ShouldBe(set.Indicators.Select(i => i.Code).Order());
    }

    [Theory]
    [InlineData("KT01", 1)]
    [InlineData("YT01", 19)]
    [InlineData("HC01", 35)]
    [InlineData("TT01", 12)]
    [InlineData("YT03", 4)]
    [InlineData("NN10", 1)]
    public void Areas_FollowTheBreakdown(string indicator, int areas)
    {
        var set = _folder.Read().Set!;

        var column = set.Forms.SelectMany(f => f.Indicators).Concat(set.Feeds.SelectMany(f => f.Indicators)).Single(c => c.Code == indicator);

        column.Areas.Length.ShouldBe(areas);
        column.Areas.ShouldBeUnique();
        column.Areas.ShouldAllBe(code => set.Areas.Any(a => a.Code == code));
    }

    [Fact]
    public void Structure_OfTheRegulation_HasNoLaterAgencyAndNoEnd()
    {
        var set = _folder.Read().Set!;

        set.Agencies.ShouldNotContain(a => a.Code == "STC2" || a.Code == "DNG");
        set.Agencies.ShouldContain(a => a.Code == "STC");
        set.Agencies.ShouldAllBe(a => a.ValidTo == null && a.Successor == null);
    }

    [Fact]
    public void Thresholds_OfABand_AreARange()
    {
        var set = _folder.Read().Set!;

        var beds = set.Indicators.Single(i => i.Code == "YT03").Thresholds;

        (beds.TargetLow, beds.TargetHigh).ShouldBe((60m, 85m));
        set.Indicators.Single(i => i.Code == "KT01").Thresholds.TargetLow.ShouldBe(7m);
    }

    [Theory]
    [InlineData("indicators.csv", ",KBNN,district,", ",KHONGCO,district,", "indicators.csv:10:agency_code unknown-agency KHONGCO")]
    [InlineData("indicators.csv", "day29@09:00,CTK,province,last,-2,12,", "day99@09:00,CTK,province,last,-2,12,", "indicators.csv:5:deadline_rule bad-rule day99@09:00")]
    [InlineData("indicators.csv", "day29@09:00,CTK,province,last,-2,12,", "stale=PT5M,CTK,province,last,-2,12,", "indicators.csv:5:deadline_rule rule-not-for-rhythm stale=PT5M")]
    [InlineData("indicators.csv", "CTK,province,last,-2,12,4,4,5", "CTK,province,last,\"-2,5\",12,4,4,5", "indicators.csv:5:plausible_min bad-number -2,5")]
    [InlineData("indicators.csv", "CTK,province,last,-2,12,4,4,5", "CTK,province,last,20,12,4,4,5", "indicators.csv:5:plausible_max bad-range 12")]
    [InlineData("indicators.csv", "CTK,province,last,-2,12,4,4,5", "CTK,province,last,-2,12,4,6,5", "indicators.csv:5:warn bad-thresholds 6 · 5 · ")]
    [InlineData("indicators.csv", "KT02,KT,", "KT01,KT,", "indicators.csv:3:code duplicate-code KT01")]
    [InlineData("indicators.csv", "Quy mô GRDP giá hiện hành", "Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP)", "indicators.csv:3:name_vi overlap KT01")]
    [InlineData("indicators.csv", ",%,%,2,lower,monthly,", ",%,%,2,sideways,monthly,", "indicators.csv:5:direction unknown-word sideways")]
    [InlineData("indicators.csv", "Tăng trưởng GRDP", "Tăng trưởng tổng sản phẩm trên địa bàn", "indicators.csv:2:short_vi too-long 24")]
    [InlineData("areas.csv", ",4,3,,", ",3,0,,", "areas.csv:4:map_col overlap TKY")]
    [InlineData("areas.csv", "TT01 TT02,illustrative register entry\nRAIN-HOIAN", "TT01 TT99,illustrative register entry\nRAIN-HOIAN", "areas.csv:28:indicators unknown-indicator TT99")]
    [InlineData("holidays.csv", "2020-01-01,", "2020-13-01,", "holidays.csv:2:date bad-date 2020-13-01")]
    public void Row_ThatIsWrong_IsNamedByFileLineAndColumn(string file, string text, string by, string finding)
    {
        _folder.Replace(file, text, by);

        var (set, findings) = _folder.Read();

        set.ShouldBeNull();
        findings.ShouldContain(finding);
    }

    [Fact]
    public void SameCode_UnderAnotherAgency_IsAnOverlap()
    {
        var line = File.ReadLines(Path.Combine(_folder.Directory, "indicators.csv")).Single(l => l.StartsWith("KT03,", StringComparison.Ordinal));
        _folder.Append("indicators.csv", line.Replace(",CTK,", ",STC,", StringComparison.Ordinal));

        _folder.Read().Findings.ShouldContain("indicators.csv:124:code overlap KT03");
    }

    [Fact]
    public void Findings_InSeveralFiles_ComeAllAtOnce()
    {
        _folder.Replace("indicators.csv", ",KBNN,district,", ",KHONGCO,district,").Replace("holidays.csv", "2020-01-01,", "2020-13-01,");
        File.Delete(Path.Combine(_folder.Directory, "areas.csv"));

        var findings = _folder.Read().Findings;

        findings.ShouldContain(f => f.StartsWith("areas.csv:0 missing-file", StringComparison.Ordinal));
        findings.ShouldContain(f => f.StartsWith("indicators.csv:10", StringComparison.Ordinal));
        findings.ShouldContain(f => f.StartsWith("holidays.csv:2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("KT04,KT,", "KT04,KT\",")]
    [InlineData("KT04,KT,", "KT04,\"KT,")]
    [InlineData("KT04,KT,", "KT04,KT,one-cell-too-many,")]
    public void Line_ThatIsNotCsv_IsAFinding(string text, string by)
    {
        _folder.Replace("indicators.csv", text, by);

        var findings = _folder.Read().Findings;

        findings.ShouldContain(f => f.StartsWith("indicators.csv:5 bad-", StringComparison.Ordinal));
    }

    [Fact]
    public void Heading_WithoutAColumn_IsAFinding()
    {
        _folder.Replace("agencies.csv", "code,name_vi,name_en,", "code,name_vi,name_english,");

        _folder.Read().Findings.ShouldContain("agencies.csv:1:name_en missing-column name_en");
    }

    [Fact]
    public void ShortNames_InNoColumn_AreTheNamesThemselves()
    {
        var shipped = _folder.Read().Set!;

        var (set, findings) = _folder
            .Drop("agencies.csv", "short_en").Drop("areas.csv", "short_vi", "short_en").Drop("indicators.csv", "short_vi", "short_en").Read();

        findings.ShouldBeEmpty();
        set!.Indicators.ShouldAllBe(i => i.ShortName == i.Name);
        set.Agencies.Single(a => a.Code == "SYT").ShortName.ShouldBe(new LocalText("Sở Y tế", "Department of Health"));
        foreach (var area in set.Areas.Where(a => a.IsDistrict || a.Kind is "river_station" or "rain_station" or "air_station" or "salinity_station"))
            area.ShortName.ShouldBe(shipped.Areas.Single(a => a.Code == area.Code).ShortName);
        set.Areas.Single(a => a.Code == "RES-AVUONG").ShortName.ShouldBe(new LocalText("A Vương", "A Vương"));
        set.Areas.Single(a => a.Code == "HOSP-NHI").ShortName.Vi.ShouldBe("Bệnh viện Nhi Quảng Nam");
        set.Forms.Select(f => f.Code).ShouldBe(shipped.Forms.Select(f => f.Code));
    }

    [Fact]
    public void ShortName_LeftEmpty_IsTheName()
    {
        _folder.Replace("indicators.csv", "Tăng trưởng GRDP,GRDP growth,", ",,");

        var (set, findings) = _folder.Read();

        findings.ShouldBeEmpty();
        set!.Indicators.Single(i => i.Code == "KT01").ShortName.ShouldBe(set.Indicators.Single(i => i.Code == "KT01").Name);
    }

    [Fact]
    public void File_InAnotherEncoding_IsAFinding()
    {
        File.WriteAllBytes(Path.Combine(_folder.Directory, "holidays.csv"), [0x63, 0xE0, 0x80, 0x0A]);

        _folder.Read().Findings.ShouldContain("holidays.csv:1 bad-encoding UTF-8");
    }
}
