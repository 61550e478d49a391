using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Demo.History;

/// <summary>What illustrative history plays on: the catalogue, the figures, the province's time, and the instant at which it ends.</summary>
internal sealed record Stage(CatalogueSnapshot Catalogue, FigureModel Figures, ProvinceTime Time, DateTimeOffset Now);
