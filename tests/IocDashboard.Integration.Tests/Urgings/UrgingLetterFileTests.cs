using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using IocDashboard.Web.Documents.Letters;

namespace IocDashboard.Integration.Tests.Urgings;

/// <summary>The letter of urging as an official document (Decree 30/2020, annex I).</summary>
public sealed class UrgingLetterFileTests
{
    private static readonly OfficialLetter Letter = new(
        "Sở Thông tin và Truyền thông", "Trung tâm IOC", "12/IOC-ĐĐ", "Quảng Nam", new DateOnly(2026, 7, 1), "V/v đôn đốc báo cáo",
        ["Kính gửi: Sở Y tế", "Đến 09 giờ 42 phút, <chưa nhận> & quá hạn."]);

    [Fact]
    public void Document_IsValid_AndHoldsTheNineParts()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(UrgingLetterFile.Write(Letter)), isEditable: false);
        var main = file.MainDocumentPart.ShouldNotBeNull();

        new OpenXmlValidator().Validate(file).Select(e => $"{e.Path?.XPath}: {e.Description}").ShouldBeEmpty();
        var text = main.Document!.Descendants<Paragraph>().Select(p => p.InnerText).ToList();
        text.ShouldBe(
        [
            "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "TRUNG TÂM IOC", "Số: 12/IOC-ĐĐ", "V/v đôn đốc báo cáo", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
            "Quảng Nam, ngày 01 tháng 07 năm 2026", "Kính gửi: Sở Y tế", "Đến 09 giờ 42 phút, <chưa nhận> & quá hạn.", "Nơi nhận:", "- Như trên;", "- Lưu: VT.",
            "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên, đóng dấu)",
        ]);
        main.Document.Descendants<RunFonts>().Select(f => f.Ascii?.Value).Distinct().ShouldBe(["Times New Roman"]);
    }

    [Fact]
    public void Page_IsA4_WithTheMarginsOfTheDecree_AndNoNumberOnTheFirst()
    {
        using var file = WordprocessingDocument.Open(new MemoryStream(UrgingLetterFile.Write(Letter)), isEditable: false);
        var section = file.MainDocumentPart!.Document!.Descendants<SectionProperties>().Single();

        var margin = section.GetFirstChild<PageMargin>()!;
        Millimetres(section.GetFirstChild<PageSize>()!.Width!).ShouldBe(210, 0.1);
        Millimetres(section.GetFirstChild<PageSize>()!.Height!).ShouldBe(297, 0.1);
        Millimetres(margin.Left!).ShouldBe(30, 0.1);
        Millimetres(margin.Right!).ShouldBe(20, 0.1);
        Millimetres((uint)margin.Top!.Value).ShouldBe(20, 0.1);
        section.GetFirstChild<TitlePage>().ShouldNotBeNull();
        file.MainDocumentPart.HeaderParts.Single().Header!.Descendants<SimpleField>().Single().Instruction!.Value.ShouldBe("PAGE");
    }

    private static double Millimetres(uint twips) => twips * 25.4 / 1440;
}
