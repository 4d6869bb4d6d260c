using ProgressHub.AspNetCore;
using ProgressHub.Core;
using ProgressHub.Core.Workloads;
using WordCount;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddProgressHub();
builder.Services.AddProgressHubApi();
builder.Services.AddWorkload<WordCountWorkload>();

var app = builder.Build();
app.MapProgressHub();
app.Run();
