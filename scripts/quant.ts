// `npm run -s quant`: holds the numerical core against other software. Each line of standard input is
// {"call": name, "args": {…}}, each line of standard output its answer; docs/quant-door.md has the calls.
import { once } from "node:events";
import process from "node:process";
import { createInterface } from "node:readline";
import { answerCall } from "#quant/door/answer-call.ts";

function answerLine(line: string, number: number): unknown {
  let request: unknown;
  try {
    request = JSON.parse(line);
  } catch {
    process.exitCode = 1;
    return { error: { code: "not-json", message: `line ${number} is not JSON` } };
  }
  try {
    return answerCall(request);
  } catch (fault) {
    // Our own fault: told on the side, so that the lines after it are still answered.
    console.error(fault);
    return { error: { code: "internal", message: `line ${number} met a fault of the program` } };
  }
}

// Whoever reads the answers may have had enough of them.
process.stdout.on("error", () => process.exit());

let number = 0;
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  number++;
  if (line.trim() === "") continue;
  const answer = `${JSON.stringify(answerLine(line, number))}\n`;
  if (!process.stdout.write(answer)) await once(process.stdout, "drain");
}
