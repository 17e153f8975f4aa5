// Prisma's schema engine from its WebAssembly package: the same migrations and the same
// _prisma_migrations table as the official CLI, without a downloaded binary.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const GLUE = "@prisma/schema-engine-wasm/schema_engine_bg";
const root = path.resolve(import.meta.dirname, "..");
const migrationsDir = path.join(root, "prisma", "migrations");
const schemaPath = path.join(root, "prisma", "schema.prisma");

/** The migrations folder in the form that the engine reads. */
function migrationsList() {
  const directories = readdirSync(migrationsDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  return {
    baseDir: migrationsDir,
    lockfile: {
      path: "migration_lock.toml",
      content: readFileSync(path.join(migrationsDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: directories.map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: readFileSync(path.join(migrationsDir, name, "migration.sql"), "utf8"),
        },
      },
    })),
  };
}

/**
 * The adapter cuts scripts at every semicolon, those in comments and function bodies too. Sent whole,
 * a script is also one transaction: a migration that fails leaves nothing behind.
 */
class WholeScriptPrismaPg extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await this.#pool.query(script);
    };
    return adapter;
  }
}

let loading: Promise<void> | null = null;

/** The glue holds one instance of the module: made once, or the engines made before would break. */
function loadEngine(): Promise<void> {
  loading ??= (async () => {
    // The package exports its glue alone; the module lies beside it.
    const gluePath = createRequire(import.meta.url).resolve(GLUE);
    const wasm = readFileSync(path.join(path.dirname(gluePath), "schema_engine_bg.wasm"));
    const { instance } = await WebAssembly.instantiate(wasm, {
      "./schema_engine_bg.js": glue as unknown as WebAssembly.ModuleImports,
    });
    glue.__wbg_set_wasm(instance.exports);
    (instance.exports["__wbindgen_start"] as () => void)();
  })();
  return loading;
}

/** Ends its connections with the work: the engine's advisory lock lasts as long as they do. */
async function withEngine<T>(
  connectionString: string,
  work: (engine: glue.SchemaEngine) => Promise<T>,
): Promise<T> {
  await loadEngine();
  const pool = new pg.Pool({ connectionString, allowExitOnIdle: true });
  try {
    return await work(
      await glue.SchemaEngine.new(
        { datamodels: [["schema.prisma", readFileSync(schemaPath, "utf8")]] },
        () => {},
        bindMigrationAwareSqlAdapterFactory(new WholeScriptPrismaPg(pool)),
      ),
    );
  } finally {
    await pool.end();
  }
}

const filters = { externalTables: [], externalEnums: [] };

/** Applies what is not yet applied; returns the names of the migrations that it applied. */
export async function applyMigrations(connectionString: string): Promise<readonly string[]> {
  return withEngine(connectionString, async (engine) => {
    const applied = await engine.applyMigrations({ migrationsList: migrationsList(), filters });
    return applied.appliedMigrationNames;
  });
}

/**
 * The SQL that makes schema.prisma from nothing: what a new migration is written from. It knows nothing
 * of what Prisma cannot express (partial indexes, triggers, storage), which migrations add by hand.
 */
export async function schemaAsSql(connectionString: string): Promise<string> {
  const files = [{ path: "schema.prisma", content: readFileSync(schemaPath, "utf8") }];
  return withEngine(connectionString, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "empty" },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters,
    });
    return stdout ?? "";
  });
}
