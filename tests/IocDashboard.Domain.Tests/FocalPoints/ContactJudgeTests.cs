using IocDashboard.Domain.FocalPoints;

namespace IocDashboard.Domain.Tests.FocalPoints;

public class ContactJudgeTests
{
    [Fact]
    public void Contact_WithNothing_NeedsEveryField() =>
        ContactJudge.Judge(null, "", "  ", "\t").Errors.Select(e => (e.Field, e.Code)).ShouldBe(
        [
            ("name", "required"), ("position", "required"), ("phone", "required"), ("email", "required"),
        ]);

    [Fact]
    public void Contact_ThatIsSound_IsTrimmedAndComposed()
    {
        var (contact, errors) = ContactJudge.Judge(" Nguyễn Văn Minh Họa ".Normalize(System.Text.NormalizationForm.FormD), "Chánh Văn phòng ", " +84 235 000 0001", "minhhoa@example.vn ");

        errors.ShouldBeEmpty();
        contact.ShouldBe(new Contact("Nguyễn Văn Minh Họa", "Chánh Văn phòng", "+84 235 000 0001", "minhhoa@example.vn"));
    }

    [Theory]
    [InlineData("0235 000 0001", true)]
    [InlineData("(0235) 000-0001", true)]
    [InlineData("+84.905.000.001", true)]
    [InlineData("000 0001", true)]
    [InlineData("00 0001", false)] // too short to reach anybody
    [InlineData("0235 000 0001 0235 000 0002", false)] // two of them
    [InlineData("84+235 000 0001", false)]
    [InlineData("0235 000 0001 máy lẻ 2", false)]
    [InlineData("٠٢٣٥٠٠٠٠٠٠١", false)] // digits, but none that a telephone has
    public void Phone_IsOneNumberThatCanBeDialled(string phone, bool sound) =>
        ContactJudge.Judge("A", "B", phone, "a@example.vn").Errors.Select(e => (e.Field, e.Code)).ShouldBe(sound ? [] : [("phone", "bad-phone")]);

    [Theory]
    [InlineData("minhhoa@example.vn", true)]
    [InlineData("minh.hoa+ioc@so.example.vn", true)]
    [InlineData("minhhoa", false)]
    [InlineData("@example.vn", false)]
    [InlineData("minhhoa@example", false)]
    [InlineData("minhhoa@example..vn", false)]
    [InlineData("minhhoa@example.vn@example.vn", false)]
    [InlineData("minh hoa@example.vn", false)]
    public void Email_HasWhatEveryAddressHas(string email, bool sound) =>
        ContactJudge.Judge("A", "B", "0235 000 0001", email).Errors.Select(e => (e.Field, e.Code)).ShouldBe(sound ? [] : [("email", "bad-email")]);

    [Theory]
    [InlineData("Minh\0Họa")]
    [InlineData("Minh\nHọa")]
    [InlineData("Minh\ud800Họa")]
    public void Name_ThatCannotBeKept_IsRefused(string name) =>
        ContactJudge.Judge(name, "B", "0235 000 0001", "a@example.vn").Errors.Select(e => (e.Field, e.Code)).ShouldBe([("name", "bad-text")]);

    [Fact]
    public void Field_ThatIsTooLong_SaysHowLongItMayBe()
    {
        var error = ContactJudge.Judge(new string('ễ', ContactJudge.MostCharacters + 1), "B", "0235 000 0001", "a@example.vn").Errors.ShouldHaveSingleItem();

        (error.Field, error.Code, error.Arguments.Single()).ShouldBe(("name", "too-long", "120"));
    }
}
