// Compiles the kernels of src/quant/kernels/assembly to WebAssembly, into .cache/kernels, if their
// sources have changed since the last time.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const sourceFolder = path.join(root, "src/quant/kernels/assembly");
const outputFolder = path.join(root, ".cache/kernels");
const stamp = path.join(outputFolder, "sources-sha256");

const OPTIONS = [
  ...["--optimizeLevel", "3", "--shrinkLevel", "0", "--converge", "--noAssert"],
  ...["--runtime", "stub", "--enable", "simd", "--enable", "bulk-memory"],
];

/** Returns false when what was compiled last is still good. */
export async function buildKernels(): Promise<boolean> {
  const names = globSync("*.ts", { cwd: sourceFolder }).sort();
  const sources = new Map(
    names.map((name) => [name, readFileSync(path.join(sourceFolder, name), "utf8")]),
  );
  const compiler = readFileSync(
    path.join(root, "node_modules/assemblyscript/package.json"),
    "utf8",
  );
  const hash = createHash("sha256")
    .update(JSON.stringify([compiler, OPTIONS, [...sources]]))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) return false;
  mkdirSync(outputFolder, { recursive: true });
  for (const name of names) await compile(name, sources);
  writeWhole(stamp, hash);
  return true;
}

async function compile(name: string, sources: ReadonlyMap<string, string>): Promise<void> {
  // Loaded when it is needed: it brings an optimiser of several megabytes.
  const { default: asc } = await import("assemblyscript/asc");
  const outputName = name.replace(/\.ts$/, ".wasm");
  const { error, stderr } = await asc.main([name, "--outFile", outputName, ...OPTIONS], {
    readFile: (file) => sources.get(file) ?? null,
    writeFile: (file, contents) => writeWhole(path.join(outputFolder, file), contents),
    listFiles: () => [],
  });
  if (error !== null) throw new Error(`${name} does not compile:\n${stderr.toString()}`);
}

/** Nobody sees half a file: test runners may build at the same time. */
function writeWhole(file: string, contents: string | Uint8Array): void {
  const temporary = `${file}.${randomUUID()}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

if (import.meta.main) await buildKernels();
