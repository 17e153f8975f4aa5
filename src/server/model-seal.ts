import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "#contracts/error-code.ts";

const SEAL = /,"seal":"([0-9a-f]{64})"\}$/;

/**
 * The text of a model's file with a seal at its end. What a model learned is used as it stands and its card is
 * believed, so that a file comes back only as it left.
 *
 * @param secret of the installation
 * @param text an object as JSON
 */
export function sealedFile(secret: string, text: string): string {
  return `${text.slice(0, -1)},"seal":"${sealOf(secret, text).toString("hex")}"}`;
}

/** @throws {AppError} unsupported-file: a text that was not sealed with this secret, or was changed since */
export function requireSeal(secret: string, text: string): void {
  const [end, seal] = SEAL.exec(text) ?? [];
  const isOurs =
    end !== undefined &&
    seal !== undefined &&
    timingSafeEqual(Buffer.from(seal, "hex"), sealOf(secret, `${text.slice(0, -end.length)}}`));
  if (isOurs) return;
  throw new AppError(
    "unsupported-file",
    "The file was not downloaded from this installation, or was changed since",
    { field: "file" },
  );
}

function sealOf(secret: string, text: string): Buffer {
  return createHmac("sha256", secret).update("pairdesk model file\n").update(text).digest();
}
