import nodemailer from "nodemailer";
import { type AlertNote, noteText, noteTitle } from "./alert-note.ts";
import { connectionFault, DeliveryError } from "./delivery-error.ts";

const TIMEOUT_MS = 8_000;

/** A way to the mail server. */
export type Mailer = {
  /** @throws {DeliveryError} */
  readonly send: (address: string, note: AlertNote) => Promise<void>;
  readonly close: () => void;
};

/**
 * @param smtpUrl smtp:// or smtps:// address of the server, with name and password where it wants them
 * @param from sender, "Name <address>" or an address
 */
export function createMailer(smtpUrl: string, from: string): Mailer {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([\w.-]+)>?\s*$/.exec(from)?.[1] ?? "pairdesk.invalid";
  return {
    send: async (address, note) => {
      try {
        await transport.sendMail({
          from,
          to: { name: "", address },
          subject: noteTitle(note),
          text: noteText(note),
          // The same in every attempt: mail programs show a repeat once.
          messageId: `<${note.id}@${domain}>`,
          headers: { "X-Pairdesk-Alert-Id": note.id, "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        throw mailFault(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Replies of a mail server carry a code (RFC 5321 4.2.1): 5 of the recipient or the text is for good. */
function mailFault(error: unknown): DeliveryError {
  if (!(error instanceof Error) || !("responseCode" in error)) return connectionFault(error);
  const code = Number(error.responseCode);
  const isOfMessage = "code" in error && (error.code === "EENVELOPE" || error.code === "EMESSAGE");
  const who = isOfMessage ? "the mail server refused the message" : "the mail server answered";
  return new DeliveryError(`${who} (${code})`, { isFinal: isOfMessage && code >= 500 });
}
