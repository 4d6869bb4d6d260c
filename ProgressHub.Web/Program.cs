using ProgressHub.Core;
using ProgressHub.Web;
using ProgressHub.Web.Components;
using ProgressHub.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.UseServerDefaults();
builder.WebHost.UseStaticWebAssets();
builder.Services.AddProgressHub();
builder.Services.AddProgressHubWeb();
builder.Services.AddProgressHubComponents();

var app = builder.Build();
app.MapProgressHub();
app.MapProgressHubComponents();
app.MapStaticAssets();
return await app.RunServerAsync();
