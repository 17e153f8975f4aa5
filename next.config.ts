import type { NextConfig } from "next";
import { STATIC_SECURITY_HEADERS } from "./src/server/security-headers.ts";

const config: NextConfig = {
  poweredByHeader: false,
  // No page uses the image optimiser; unoptimised, its address answers 404 and cannot be attacked.
  images: { unoptimized: true },
  // TypeScript 7 has no compiler API for Next to call; `npm run typecheck` checks the same files.
  typescript: { ignoreBuildErrors: true },
  // Native code, WebAssembly and files found at run time do not survive bundling.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "graphile-worker",
    "pg",
    "pino",
  ],
  headers: async () => [{ source: "/:path*", headers: [...STATIC_SECURITY_HEADERS] }],
};

export default config;
