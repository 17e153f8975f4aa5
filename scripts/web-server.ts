// Next's production server, which ends when the supervisor that started it is gone.
// usage: web-server.ts HOST PORT
import process from "node:process";

const [host = "127.0.0.1", port = "3000"] = process.argv.slice(2);
process.on("disconnect", () => process.exit(1));
process.argv.splice(1, Number.POSITIVE_INFINITY, "next", "start", "-H", host, "-p", port);
await import("next/dist/bin/next");
