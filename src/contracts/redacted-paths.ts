/** Names of fields that hold secrets, wherever they stand. */
const SECRET_FIELDS = [
  "password",
  "current",
  "next",
  "passwordHash",
  "token",
  "botToken",
  "sessionToken",
  "csrfToken",
  "access_token",
  "refresh_token",
  "id_token",
  "client_secret",
  "clientSecret",
  "secret",
  "signingSecret",
  "connectionString",
  "cookie",
  "set-cookie",
  "authorization",
  "DATABASE_URL",
  "SMTP_URL",
  "SECRETS_KEY",
  "NEXTAUTH_SECRET",
];

/** What a log leaves out, for pino: each secret field at the top and down to three levels below. */
export const REDACTED_PATHS: readonly string[] = SECRET_FIELDS.flatMap((name) => {
  const key = `["${name}"]`;
  return [key, `*${key}`, `*.*${key}`, `*.*.*${key}`];
});
