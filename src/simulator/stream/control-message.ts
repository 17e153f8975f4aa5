/** What a client asked for on a stream connection, or the answer that refuses it. */
export type ControlMessage =
  | {
      readonly method: "SUBSCRIBE" | "UNSUBSCRIBE";
      readonly streams: readonly string[];
      readonly id: RequestId;
    }
  | { readonly method: "LIST_SUBSCRIPTIONS"; readonly id: RequestId }
  | { readonly method: "SET_PROPERTY"; readonly isCombined: boolean; readonly id: RequestId }
  | { readonly method: "GET_PROPERTY"; readonly id: RequestId }
  | { readonly method: "refused"; readonly answer: ControlError };

export type RequestId = number | string | null;

/** Errors as the venue words them. Source: binance-spot-api-docs, web-socket-streams.md, "Error Messages". */
export type ControlError = { readonly code: number; readonly msg: string; readonly id?: RequestId };

const METHODS = [
  "SUBSCRIBE",
  "UNSUBSCRIBE",
  "LIST_SUBSCRIPTIONS",
  "SET_PROPERTY",
  "GET_PROPERTY",
] as const;

const VARIANTS = METHODS.map((method) => `\`${method}\``).join(", ");

export function parseControlMessage(text: string): ControlMessage {
  const parsed = parsedJson(text);
  if (parsed.kind === "invalid")
    return refused(3, `Invalid JSON: expected value at ${parsed.place}`);
  const { value } = parsed;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refused(3, "Invalid JSON: expected value at line 1 column 1");
  }
  const { method, params, id }: { method?: unknown; params?: unknown; id?: unknown } = value;
  if (method === undefined) {
    return refused(2, `Invalid request: missing field \`method\` at line 1 column ${text.length}`);
  }
  const known = METHODS.find((each) => each === method);
  if (known === undefined) {
    return refused(
      2,
      `Invalid request: unknown variant \`${String(method)}\`, expected one of ${VARIANTS} at line 1 column 28`,
    );
  }
  if (!isRequestId(id)) {
    return refused(2, "Invalid request: request ID must be an unsigned integer");
  }
  return withParams(known, params, id);
}

function withParams(
  method: (typeof METHODS)[number],
  params: unknown,
  id: RequestId,
): ControlMessage {
  const list: readonly unknown[] = Array.isArray(params) ? params : [];
  switch (method) {
    case "LIST_SUBSCRIPTIONS":
      if (list.length > 0) return refused(2, "Invalid request: too many parameters");
      return { method, id };
    case "SUBSCRIBE":
    case "UNSUBSCRIBE": {
      const streams = list.filter((each) => typeof each === "string");
      if (streams.length < list.length || streams.length === 0) {
        return refused(2, "Invalid request: property name must be a string");
      }
      return { method, streams, id };
    }
    case "GET_PROPERTY":
    case "SET_PROPERTY":
      return withProperty(method, list, id);
  }
}

function withProperty(
  method: "GET_PROPERTY" | "SET_PROPERTY",
  [property, value, ...rest]: readonly unknown[],
  id: RequestId,
): ControlMessage {
  if (typeof property !== "string") {
    return refused(2, "Invalid request: property name must be a string");
  }
  if (property !== "combined") {
    return { method: "refused", answer: { code: 0, msg: "Unknown property", id } };
  }
  if (method === "GET_PROPERTY") {
    if (value !== undefined) return refused(2, "Invalid request: too many parameters");
    return { method, id };
  }
  if (rest.length > 0) return refused(2, "Invalid request: too many parameters");
  if (typeof value !== "boolean") return refused(1, "Invalid value type: expected Boolean");
  return { method, isCombined: value, id };
}

function refused(code: number, msg: string): ControlMessage {
  return { method: "refused", answer: { code, msg } };
}

function isRequestId(id: unknown): id is RequestId {
  if (id === null) return true;
  if (typeof id === "number") return Number.isInteger(id);
  return typeof id === "string" && /^[A-Za-z0-9]{1,36}$/.test(id);
}

type ParsedJson =
  | { readonly kind: "valid"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly place: string };

function parsedJson(text: string): ParsedJson {
  try {
    return { kind: "valid", value: JSON.parse(text) };
  } catch (error) {
    // Node names line and column unless the text ends too early or starts wrong.
    const place = /line \d+ column \d+/.exec(String(error))?.[0] ?? "line 1 column 1";
    return { kind: "invalid", place };
  }
}
