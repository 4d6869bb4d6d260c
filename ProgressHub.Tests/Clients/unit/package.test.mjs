import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const run = promisify(execFile);
const SOURCES = fileURLToPath(new URL("../../../wwwroot-assets/js", import.meta.url));
const MODULES = fileURLToPath(new URL("../node_modules", import.meta.url));
const MOST_BYTES = 12 * 1024;

/** The package as it is published, in a folder where `progress-hub` is installed. */
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "progress-hub-package-"));
  const copy = join(folder, "source");
  await cp(SOURCES, copy, { recursive: true });
  await symlink(MODULES, join(folder, "node_modules"));
  await run(join(MODULES, ".bin", "tsc"), ["-p", "tsconfig.json"], { cwd: copy });
  await run("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], { cwd: copy });
  await run("tar", ["-xzf", join(folder, "progress-hub-0.1.0.tgz"), "-C", folder]);
  await rm(copy, { recursive: true });
});
after(() => rm(folder, { recursive: true, force: true }));

test("it has no dependencies, and its entries are there", async () => {
  const { name, exports, dependencies } = JSON.parse(await readFile(join(folder, "package", "package.json"), "utf8"));

  assert.equal(name, "progress-hub");
  assert.equal(dependencies, undefined);
  for (const { types, default: module } of Object.values(exports)) {
    await assert.doesNotReject(run("test", ["-f", join(folder, "package", types)]), types);
    await assert.doesNotReject(run("test", ["-f", join(folder, "package", module)]), module);
  }
  const { watchJob } = await import(join(folder, "package", "progress-hub.js"));
  assert.equal(typeof watchJob, "function");
  await import(join(folder, "package", "element.js"));
});

test("without SignalR it is below 12 KB as it goes to a browser", async () => {
  const { outputFiles } = await build({ entryPoints: [join(SOURCES, "progress-hub.js")], bundle: true, minify: true, format: "esm", write: false });
  const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;

  assert.ok(bytes > 4_000 && bytes < MOST_BYTES, `${bytes} bytes`);
});

test("a program in TypeScript is checked against its types", async () => {
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({
    compilerOptions: {
      strict: true, noEmit: true, target: "ES2022", module: "NodeNext", moduleResolution: "NodeNext", types: [],
      lib: ["ES2023", "DOM"], paths: Object.fromEntries(["", "/react", "/element"].map((entry) =>
        [`progress-hub${entry}`, [`./package/dist/${entry.slice(1) || "progress-hub"}.d.ts`]])),
    },
    files: ["good.ts"],
  }));
  const check = (text) => writeFile(join(folder, "good.ts"), text).then(() =>
    run(join(MODULES, ".bin", "tsc"), ["-p", folder], { cwd: folder }).then(() => "", ({ stdout }) => stdout));
  const good = `
    import { watchJob, type JobWatch } from "progress-hub";
    import { useJob } from "progress-hub/react";
    import { ProgressJob } from "progress-hub/element";
    const watch: JobWatch = watchJob("5f0c", { after: 3, shared: true });
    const seq: number | null = watch.cursor;
    const why: string | undefined = watch.connection.left?.error?.message;
    const fraction: number | undefined = useJob("5f0c").snapshot?.fraction;
    const element: HTMLElement = new ProgressJob();
    export { seq, why, fraction, element };`;

  assert.equal(await check(good), "");
  assert.match(await check(good.replace("after: 3", 'after: "3"')), /good\.ts.*error TS2322/);
});
