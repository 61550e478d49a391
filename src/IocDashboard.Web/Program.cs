using IocDashboard.Web;

return await IocApplication.RunAsync(args);
