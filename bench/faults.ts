import { type FaultRunOptions, runFaults } from "#worker/feed/fault-run.test-support.ts";
import { atMost, type Figure, observed } from "./figure.ts";

const SHORT = { kills: 20, disconnects: 20, databaseRestarts: 2 };
const LONG = { kills: 100, disconnects: 200, databaseRestarts: 10 };

/** The fault run as figures; what does not hold ends it with an error. */
export async function faults(isLong: boolean): Promise<readonly Figure[]> {
  const options: FaultRunOptions = {
    ...(isLong ? LONG : SHORT),
    seed: 2026,
    tradesPerSecond: 1_000,
    fsync: true,
    say: (line) => process.stderr.write(`${line}\n`),
  };
  const report = await runFaults(options);
  const name = `${options.kills} kills, ${options.disconnects} disconnects, ${options.databaseRestarts} database restarts`;
  const sum = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  return [
    // The run itself has compared every trade and bar with the exchange's record.
    atMost(`${name}: trades lost, doubled or other than the exchange's`, 0, 0, "trades"),
    atMost(`${name}: gaps left open`, 0, 0, "gaps"),
    observed(`${name}: trades`, report.trades, "trades"),
    observed(`${name}: gaps found and filled`, sum(report.gaps), "gaps"),
    observed(`${name}: faults of the exchange`, sum(report.faults), ""),
    observed(`${name}: bans`, report.bans, ""),
    observed(
      `${name}: calls under a ban, beyond the one that tells it`,
      report.callsUnderBan - report.bans,
      "",
    ),
    observed(`${name}: time`, report.seconds, "s"),
  ];
}
