import { createServer } from "node:http";

/** A tus server in memory that breaks on demand: each `faults` entry spoils one PATCH. */
export async function standInTus() {
  const state = { faults: [], requests: [], uploads: new Map(), refuse: null };
  const server = createServer((request, response) => {
    state.requests.push(`${request.method} ${request.headers["upload-offset"] ?? ""}`.trim());
    const upload = state.uploads.get(request.url);
    const answer = (status, headers = {}, body = "") => response.writeHead(status, { "Tus-Resumable": "1.0.0", ...headers }).end(body);
    if (request.headers["tus-resumable"] !== "1.0.0") return answer(412);
    if (state.refuse) return answer(state.refuse, { "Content-Type": "application/problem+json" }, JSON.stringify({ code: "refused", detail: "No." }));
    if (request.method === "POST") {
      const url = `/api/uploads/${String(state.uploads.size).padStart(32, "0")}`;
      state.uploads.set(url, { bytes: Buffer.alloc(0), length: Number(request.headers["upload-length"]), metadata: request.headers["upload-metadata"] });
      return answer(201, { Location: url });
    }
    if (!upload) return answer(404);
    if (request.method === "HEAD") return answer(200, { "Upload-Offset": String(upload.bytes.length) });
    if (request.method === "DELETE") return state.uploads.delete(request.url), answer(204);

    const offset = Number(request.headers["upload-offset"]);
    if (offset !== upload.bytes.length) return answer(409);
    const fault = state.faults.shift();
    const pieces = [];
    request.on("data", (piece) => pieces.push(piece));
    request.on("end", () => {
      const body = Buffer.concat(pieces);
      if (fault === "lost before") return request.socket.destroy();
      upload.bytes = Buffer.concat([upload.bytes, fault === "half" ? body.subarray(0, body.length / 2) : body]);
      if (fault === "half" || fault === "lost after") return request.socket.destroy();
      if (fault === "busy") return upload.bytes = upload.bytes.subarray(0, offset), answer(503, { "Retry-After": "0" });
      answer(204, { "Upload-Offset": String(upload.bytes.length) });
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  state.endpoint = `http://127.0.0.1:${server.address().port}/api/uploads`;
  return state;
}
