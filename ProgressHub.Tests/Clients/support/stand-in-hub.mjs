import WebSocket from "ws";

const SEPARATOR = "\x1e";

/**
 * The hub `/hubs/jobs`: just enough of SignalR's JSON protocol over a WebSocket for the real client library.
 * (https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md)
 *
 * Faults of kind `hub`: `{status}` for the negotiation, `{block: true}` where WebSockets are blocked, `{cutAtEvent}`,
 * `{early: true}` (events that happen meanwhile arrive before the answer to Watch), `{refuse: true}` (Watch fails).
 */
export function attachHub(server, httpServer) {
  const sockets = new WebSocket.Server({ noServer: true });
  const faults = new Map();

  const answer = httpServer.listeners("request")[0];
  httpServer.removeAllListeners("request");
  httpServer.on("request", (request, response) => {
    if (!request.url.startsWith("/hubs/jobs/negotiate")) return answer(request, response);
    server.note("hub", request);
    const fault = server.takeFault("hub") ?? {};
    const token = String(faults.size + 1);
    faults.set(token, fault);
    response.writeHead(fault.status ?? 200, { "Content-Type": "application/json" });
    response.end(JSON.stringify({
      negotiateVersion: 1, connectionId: token, connectionToken: token,
      availableTransports: [{ transport: "WebSockets", transferFormats: ["Text", "Binary"] }],
    }));
  });

  httpServer.on("upgrade", (request, socket, head) => {
    const url = new URL(request.url, server.url);
    const fault = faults.get(url.searchParams.get("id")) ?? {};
    if (url.pathname !== "/hubs/jobs" || fault.block) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (webSocket) => serve(server, webSocket, fault));
  });
}

function serve(server, socket, fault) {
  const stops = new Map();
  const send = (message) => socket.send(JSON.stringify(message) + SEPARATOR);
  socket.on("close", () => stops.forEach((stop) => stop()));
  socket.on("message", (data) => {
    for (const text of String(data).split(SEPARATOR).filter(Boolean)) receive(JSON.parse(text));
  });

  function receive(message) {
    if (message.protocol) return socket.send(`{}${SEPARATOR}`);
    if (message.type !== 1) return;
    const [jobId, after] = message.arguments;
    const reply = (completion) => send({ type: 3, invocationId: message.invocationId, ...completion });
    const job = server.jobs.get(jobId);
    if (message.target === "Unwatch") stops.get(jobId)?.();
    else if (!job || fault.refuse) reply({ error: "An error occurred." });
    else reply({ result: watch(job, after) });
  }

  function watch(job, after) {
    const push = (event) => {
      if (event.seq === fault.cutAtEvent) return socket.terminate();
      send({ type: 1, target: "events", arguments: [[event]] });
    };
    job.on("event", push);
    stops.set(job.id, () => job.off("event", push));

    const snapshot = job.firstSnapshot(after);
    const events = job.after(snapshot.seq);
    if (fault.early) fault.early(job);
    return { snapshot, events };
  }
}
