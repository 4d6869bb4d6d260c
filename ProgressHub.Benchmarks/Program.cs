using System.Globalization;
using ProgressHub.Benchmarks;
using ProgressHub.Benchmarks.Estimates;
using ProgressHub.Benchmarks.Peers;
using ProgressHub.Benchmarks.Soak;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;

if (await ProgressHub.Workloads.WorkerProgram.RunAsync(args) is { } code)
    return code;

// The same program is also every server it measures: `serve <peer> <port>` in a process of its own.
if (args is ["serve", var peer, var port])
{
    await PeerServer.RunAsync(peer, int.Parse(port, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["record", var server, var path])
{
    using var recorder = new TraceRecorder(server);
    await recorder.RunAsync(path);
    return 0;
}

if (args is ["soak", ..])
    return await SoakRun.RunAsync(args);

if (args is ["soak-watchers", ..])
    return await WatcherSoak.RunAsync(args);

var only = args.FirstOrDefault(a => !a.StartsWith('-'));
var table = new ResultTable();
foreach (var (name, run) in Suite.All.Where(b => only is null || b.Name.Contains(only, StringComparison.OrdinalIgnoreCase)))
{
    Console.Error.WriteLine($"{name} …");
    table.AddRange(await run());
}

Console.WriteLine(table.ToMarkdown());
if (args.Contains("--save"))
    Readme.Save(table);
return 0;
