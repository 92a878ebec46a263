// Makes graphiql.js.gz, graphiql.css.gz and LICENSES.txt in the folder above.
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync, constants } from "node:zlib";
import { build } from "esbuild";

const out = join(import.meta.dirname, "..");

const { outputFiles, metafile } = await build({
  entryPoints: [join(import.meta.dirname, "main.js")],
  outfile: "graphiql.js",
  bundle: true,
  minify: true,
  write: false,
  metafile: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  charset: "utf8",
  define: { "process.env.NODE_ENV": '"production"' },
});

for (const file of outputFiles) {
  const name = file.path.split("/").pop();
  // The fonts are three quarters of the styles; the reader's own do as well.
  const text = name.endsWith(".css")
    ? file.text.replace(/@font-face\{[^}]*\}/g, "")
    : file.text;
  const packed = gzipSync(text, { level: constants.Z_BEST_COMPRESSION });
  writeFileSync(join(out, `${name}.gz`), packed);
  console.log(`${name}: ${text.length} characters, ${packed.length} bytes packed`);
}

// The licence of every package that is in the bundle.
const packages = new Map();
for (const input of Object.keys(metafile.inputs)) {
  const found = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
  if (!found) continue;
  const folder = join(process.cwd(), found[1]);
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json")));
  packages.set(`${name} ${version}`, { folder, license });
}
const licences = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([title, { folder, license }]) => {
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "license", "LICENCE"]
    .map((name) => join(folder, name))
    .find(existsSync);
  const text = file ? readFileSync(file, "utf8").trim() : `Licence: ${license}`;
  return `${title}\n${"-".repeat(title.length)}\n${text}\n`;
});
writeFileSync(join(out, "LICENSES.txt"), licences.join("\n"));
console.log(`${packages.size} packages`);
