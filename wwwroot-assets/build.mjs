// Builds src/IocDashboard.Web/wwwroot: every script directly in live/, console/ and portal/ is an entry point, bundled with what it
// imports (modules in folders below are not entry points); styles and fonts are copied with their own names.
import { build } from "esbuild";
import { cp, mkdir, readdir, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = join(here, "../src/IocDashboard.Web/wwwroot");
const scripts = ["live", "console", "portal"];

const entriesOf = async folder => {
  const files = await readdir(join(here, folder)).catch(() => []);
  return files.filter(file => file.endsWith(".ts") && !file.endsWith(".d.ts")).map(file => join(here, folder, file));
};

for (const folder of [...scripts, "styles", "fonts"]) await rm(join(target, folder), { recursive: true, force: true });
await mkdir(target, { recursive: true });

const entryPoints = (await Promise.all(scripts.map(entriesOf))).flat();
if (entryPoints.length > 0) {
  await build({
    entryPoints, outdir: target, outbase: here,
    bundle: true, format: "esm", target: "es2022", minify: true, sourcemap: "linked", legalComments: "linked", logLevel: "warning",
  });
}

await cp(join(here, "styles"), join(target, "styles"), { recursive: true });
await cp(join(here, "fonts"), join(target, "fonts"), { recursive: true });
// Assets.targets takes the time of this file as the time of the last complete build.
await utimes(join(target, "fonts/fonts.css"), new Date(), new Date());
