using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>
/// The store of ASP.NET Core Identity, schema <c>identity</c>; its tables are created by the platform's SQL migrations. Roles are
/// not Identity's: they are dated (<see cref="Rights.RoleAssignments"/>).
/// </summary>
public sealed class AccountsContext(DbContextOptions<AccountsContext> options) : IdentityUserContext<UserAccount>(options)
{
    public const string Schema = "identity";

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.Entity<UserAccount>(account =>
        {
            account.ToTable("account");
            account.Property(a => a.Agency).HasMaxLength(32);
            account.Property(a => a.FullName).HasMaxLength(UserAccount.FullNameLength);
        });
        builder.Entity<IdentityUserClaim<string>>().ToTable("account_claim");
        builder.Entity<IdentityUserLogin<string>>().ToTable("account_login");
        builder.Entity<IdentityUserToken<string>>().ToTable("account_token");
        builder.Entity<IdentityUserPasskey<string>>().ToTable("account_passkey");
    }
}
